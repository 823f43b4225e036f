package io.sessionizer.session;

/**
 * How long a partition has been polled without an event. Only time spent polling counts: a pause of the process or a
 * step of the wall clock resets it (contract section 3).
 *
 * @param lastTick wall-clock time of the last tick, epoch ms
 * @param polledMs milliseconds of polling without an event up to that tick
 */
public record Idleness(long lastTick, long polledMs) {
    /** Ticks are scheduled every second; a longer interval between two of them, in ms, means a delay. */
    static final long LONGEST_TICK_MS = 5_000;

    /** Starts counting at {@code wall}, epoch ms. */
    public static Idleness startingAt(long wall) {
        return new Idleness(wall, 0);
    }

    /**
     * The state after the next tick.
     *
     * @param wall epoch ms
     * @param hadEvent whether an event, counted or not, was received since the last tick
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
