package io.sessionizer.session;

import java.util.List;

/**
 * What an event has done to its user's timeline.
 *
 * @param timeline the timeline with the event
 * @param session the session that the event belongs to now
 * @param outcome how the event reached that session
 * @param conclusions the conclusions that it causes, in this order: sessions that were due before it, the session that
 *     was evicted for it where the user had the maximum number, then sessions that it merged
 */
public record EventAdded(Timeline timeline, Session session, Outcome outcome, List<Conclusion> conclusions) {

    /** How an event reaches its session. */
    public enum Outcome {
        /** It opened the session. */
        OPENED,
        /** It joined an open session. */
        EXTENDED,
        /** It joined a concluded session, which is open again. */
        AMENDED
    }

    /** Whether it did more than extend an open session. An ordinary event does not. */
    public boolean changesSessions() {
        return outcome != Outcome.EXTENDED || !conclusions.isEmpty();
    }
}
