package io.sessionizer.session;

/**
 * How long no record has advanced a partition's clock. Only time in which the partition's leader answered counts: while
 * it does not, records may be waiting there.
 *
 * @param ms quiet time so far
 * @param countedUntilNanos elapsed time up to which it is counted, in ns since any fixed moment
 */
public record QuietTime(long ms, long countedUntilNanos) {
    /** Questions are asked each second; the time between two that are further apart counts no more than this, in ms. */
    public static final long LONGEST_INTERVAL_MS = 2_000;

    private static final long NANOS_PER_MS = 1_000_000;

    /** Starts counting at {@code nanos}. */
    public static QuietTime startingAt(long nanos) {
        return new QuietTime(0, nanos);
    }

    /** A question that was asked at {@code askedAtNanos} has been answered. */
    public QuietTime answered(long askedAtNanos) {
        long intervalMs = (askedAtNanos - countedUntilNanos) / NANOS_PER_MS;
        return intervalMs <= 0 ? this : new QuietTime(ms + Math.min(intervalMs, LONGEST_INTERVAL_MS), askedAtNanos);
    }

    public boolean hasLasted(long durationMs) {
        return ms >= durationMs;
    }
}
