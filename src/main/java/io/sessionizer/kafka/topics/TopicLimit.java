package io.sessionizer.kafka.topics;

/**
 * The limits of one topic. A time of {@code Long.MAX_VALUE} means no limit.
 *
 * @param maxBytes largest record, in bytes
 * @param beforeMs ms that a record's timestamp may be before the broker's clock
 * @param afterMs ms that it may be after it
 * @param retentionMs ms that the topic keeps a record, counted from its timestamp
 */
public record TopicLimit(int maxBytes, long beforeMs, long afterMs, long retentionMs) {
    /** How far the clocks of instance and broker may differ, in ms. */
    private static final long CLOCK_DIFFERENCE_MS = 60_000;
    /** A record is in transit for a while before the broker checks its timestamp, in ms. */
    private static final long TRANSIT_MS = 120_000;

    /** The smallest {@code beforeMs} with which a record that carries the time of the write is never rejected. */
    static final long MIN_BEFORE_MS = CLOCK_DIFFERENCE_MS + TRANSIT_MS;
    /** The smallest {@code afterMs} with which it is not. */
    static final long MIN_AFTER_MS = CLOCK_DIFFERENCE_MS;

    /** A topic that neither rejects nor deletes records because of their timestamps. */
    static TopicLimit ofBytes(int maxBytes) {
        return new TopicLimit(maxBytes, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * The largest record that a topic accepts, in bytes. The topic's limit applies to compressed batches: data that
     * cannot be compressed grows by the compressor's framing.
     *
     * @param topicBytes the topic's {@code max.message.bytes}
     */
    static int recordBytes(long topicBytes) {
        return (int) Math.max(0, topicBytes - topicBytes / 256 - 128);
    }

    /**
     * The timestamp of a record that is written at {@code wallMs}: the given time; or the time of the write, where that is
     * negative, the broker would reject it, or the topic would soon delete the record (specification,
     * section 1, Timestamps of output records).
     *
     * @param timeMs event time, epoch ms; negative if unknown
     * @param wallMs epoch ms, not negative
     */
    public long timestamp(long timeMs, long wallMs) {
        long maxAgeMs = Math.min(retentionMs / 2, Math.max(0, beforeMs - MIN_BEFORE_MS));
        long maxAheadMs = Math.max(0, afterMs - MIN_AFTER_MS);
        return timeMs >= 0 && wallMs - timeMs <= maxAgeMs && timeMs - wallMs <= maxAheadMs ? timeMs : wallMs;
    }
}
