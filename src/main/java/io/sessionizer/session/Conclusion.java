package io.sessionizer.session;

import java.util.Optional;

/**
 * One Session Concluded: a session at one of its revisions.
 *
 * @param session the session, its revision already counted up
 * @param mergedInto if a late event joined the session to an earlier one, the id of that one: this id is void, this is its
 *     last revision, and it has no event and no length of its own any more; otherwise empty
 * @param retracts what its former revision published, which this one replaces
 */
public record Conclusion(Session session, Optional<SessionId> mergedInto, Published retracts) {
    /** @param step the step of the clock that made the session due, epoch ms */
    static Conclusion due(Session open, long step, SessionRules rules) {
        return new Conclusion(open.concludeAt(step, rules), Optional.empty(), open.published());
    }

    static Conclusion evicted(Session open) {
        return new Conclusion(open.conclude(), Optional.empty(), open.published());
    }

    static Conclusion merged(Session voided, Session survivor) {
        return new Conclusion(voided.conclude(), Optional.of(survivor.id()), voided.published());
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
