package io.sessionizer.session;

import java.util.List;

/**
 * What an event has done to its user's timeline.
 *
 * @param timeline the timeline with the event
 * @param session the session that the event belongs to now
 * @param outcome how the event came by it
 * @param conclusions what is to be told because of it, in this order: sessions that were due before it, one that made room
 *     for it where the user had as many as are remembered, then sessions it
 *     merged away
 */
public record EventAdded(Timeline timeline, Session session, Outcome outcome, List<Conclusion> conclusions) {

    /** How an event comes by its session. */
    public enum Outcome {
        /** It opened one. */
        OPENED,
        /** It joined one that was open. */
        EXTENDED,
        /** It joined one that had concluded, and is open again. */
        AMENDED
    }

    /** Whether it did more than extend an open session, which is all that an ordinary event does. */
    public boolean changesSessions() {
        return outcome != Outcome.EXTENDED || !conclusions.isEmpty();
    }
}
