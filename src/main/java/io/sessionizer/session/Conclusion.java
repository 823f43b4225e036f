package io.sessionizer.session;

import java.util.OptionalLong;

/**
 * One Session Concluded: a session at one of its revisions.
 *
 * @param session the session, with its revision already incremented
 * @param mergedInto if a late event merged the session into an earlier one, {@link Session#openedAt()} of the survivor:
 *     this id is void, this is its last revision, and it has no events and no length anymore; otherwise empty
 * @param retracts what the previous revision published, which this one retracts
 */
public record Conclusion(Session session, OptionalLong mergedInto, Published retracts) {
    static Conclusion of(Session open) {
        return new Conclusion(open.conclude(), OptionalLong.empty(), open.published());
    }

    static Conclusion merged(Session voided, Session survivor) {
        return new Conclusion(voided.conclude(), OptionalLong.of(survivor.openedAt()), voided.published());
    }

    /** What it publishes in place of {@link #retracts}. */
    public Published publishes() {
        return mergedInto.isPresent() ? Published.NONE : session.published();
    }

    /** Number of events that count for this id now. */
    public long events() {
        return mergedInto.isPresent() ? 0 : session.events();
    }

    /** Whole seconds that count for this id now. */
    public long lengthSeconds() {
        return mergedInto.isPresent() ? 0 : session.lengthSeconds();
    }
}
