package io.sessionizer.session;

import java.util.List;

/**
 * The effect of an event on its user's timeline. The change is not a component, since that would cost an object per
 * event.
 *
 * @param before the timeline until then
 * @param timeline the timeline with the event
 * @param session the session that the event belongs to now
 * @param outcome how the event got its session
 * @param conclusions the conclusions caused by the event, in this order: sessions that were due before it, sessions
 *     evicted because the user had the maximum number, sessions that it merges into another
 */
public record EventAdded(
        Timeline before, Timeline timeline, Session session, Outcome outcome, List<Conclusion> conclusions) {

    /** How an event gets its session. */
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

    /** The change to the timeline, to be made only where {@link #changesSessions}: an ordinary event needs none. */
    public TimelineChange change() {
        return new TimelineChange(before, timeline, conclusions);
    }
}
