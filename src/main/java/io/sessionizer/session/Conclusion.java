package io.sessionizer.session;

import java.util.Optional;

/**
 * One Session Concluded: one revision of a session.
 *
 * @param session the session, its revision already incremented
 * @param mergedInto if a late event joined the session to an earlier one, the id of that session: this id is void, this
 *     is its last revision, and it no longer has events or a length; otherwise empty
 * @param retracts the figures published by its former revision, which this one replaces
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

    /** The figures that it publishes in place of {@link #retracts}. */
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
