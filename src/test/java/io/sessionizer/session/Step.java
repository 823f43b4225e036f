package io.sessionizer.session;

/**
 * One thing that happens to a user's timeline.
 *
 * @param time event time of the event that comes in, epoch ms; {@link #TICK} if the clock just moves
 * @param clock where the clock stands then, epoch ms or {@link Clock#NONE}
 */
record Step(long time, long clock) {
    static final long TICK = -1;

    boolean isEvent() {
        return time != TICK;
    }

    @Override
    public String toString() {
        return isEvent() ? "event " + time + " at clock " + clock : "clock " + clock;
    }
}
