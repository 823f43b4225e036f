package io.sessionizer.session.history;

/**
 * One thing that happens to a user's timeline.
 *
 * @param time event time of the event that comes in, epoch ms; {@link #TICK} if the clock just moves
 * @param clock the clock then, epoch ms or {@link ClockRules#NONE}
 */
public record HistoryStep(long time, long clock) {
    public static final long TICK = -1;

    public boolean isEvent() {
        return time != TICK;
    }

    @Override
    public String toString() {
        return isEvent() ? "event " + time + " at clock " + clock : "clock " + clock;
    }
}
