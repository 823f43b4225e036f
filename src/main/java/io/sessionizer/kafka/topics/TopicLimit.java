package io.sessionizer.kafka.topics;

/**
 * What one topic accepts.
 *
 * @param maxBytes largest record, in bytes
 * @param beforeMs ms that a record's timestamp may be before the wall clock; Long.MAX_VALUE for no limit
 * @param afterMs ms that it may be after it
 */
public record TopicLimit(int maxBytes, long beforeMs, long afterMs) {
    /** A record is in transit for a while before the broker checks its timestamp, in ms. */
    private static final long TRANSIT_MS = 120_000;

    /** The timestamp nearest to {@code timeMs} that the topic accepts at {@code wallMs}, in epoch ms. */
    public long clampTimestamp(long timeMs, long wallMs) {
        long earliest = beforeMs >= wallMs ? 0 : wallMs - Math.max(0, beforeMs - TRANSIT_MS);
        long latest = afterMs > Long.MAX_VALUE - wallMs ? Long.MAX_VALUE : wallMs + afterMs;
        return Math.max(0, Math.min(latest, Math.max(earliest, timeMs)));
    }
}
