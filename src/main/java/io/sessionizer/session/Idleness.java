package io.sessionizer.session;

/**
 * For how long polls of a partition have returned no event. Counts the time between regular ticks, as a proxy for time
 * spent polling: a pause of the process or a step of the wall clock starts the count again (contract section 3).
 *
 * @param lastTick wall clock of the last tick, epoch ms
 * @param polledMs ms of polling without an event up to then
 */
public record Idleness(long lastTick, long polledMs) {
    /** Ticks come each second; one that comes later than this after the last was delayed, in ms. */
    static final long LONGEST_TICK_MS = 5_000;

    /** Starts counting at {@code wall}, epoch ms. */
    public static Idleness startingAt(long wall) {
        return new Idleness(wall, 0);
    }

    /**
     * The next tick.
     *
     * @param wall epoch ms
     * @param hadEvent whether an event, counting or not, has come since the last tick
     */
    public Idleness next(long wall, boolean hadEvent) {
        long tickMs = wall - lastTick;
        boolean isDelayed = tickMs < 0 || tickMs > LONGEST_TICK_MS;
        return new Idleness(wall, hadEvent || isDelayed ? 0 : polledMs + tickMs);
    }

    public boolean hasLasted(long ms) {
        return polledMs >= ms;
    }
}
