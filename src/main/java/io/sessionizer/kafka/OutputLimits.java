package io.sessionizer.kafka;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the output topics take, so that no record that a broker would refuse is sent: under exactly-once a refused record
 * poisons its whole transaction.
 *
 * @param enriched of the enriched topic
 * @param concluded of the concluded topic
 * @param deadLetter of the dead letter topic
 * @param maxUserBytes longest user whose Session Concluded and changelog records fit
 */
record OutputLimits(Limit enriched, Limit concluded, Limit deadLetter, int maxUserBytes) {
    /** Name, 36 characters of id, and their lengths. */
    static final int SESSION_HEADER_BYTES = 64;

    /** A record batch of one record: 61 bytes, and the record's own lengths, differences and attributes. */
    private static final int RECORD_OVERHEAD = 61 + 32;

    /** A user is escaped sixfold at worst, and stands in the key too; the rest of a Session Concluded is small. */
    private static final int USER_COPIES = 7;

    private static final int CONCLUDED_BYTES = 2048;

    static OutputLimits of(Limit enriched, Limit concluded, Limit deadLetter) {
        int smallest = Math.min(enriched.maxBytes(), concluded.maxBytes());
        return new OutputLimits(
                enriched, concluded, deadLetter, Math.max(0, (smallest - CONCLUDED_BYTES) / USER_COPIES));
    }

    /** Upper bound of a record's size as producer and broker measure it, in bytes. */
    static long recordBytes(int keyBytes, int valueBytes, Headers headers) {
        long bytes = (long) RECORD_OVERHEAD + keyBytes + valueBytes;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += 10 + 3L * header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    /**
     * What one topic takes.
     *
     * @param maxBytes largest record, in bytes
     * @param beforeMs ms that a record's timestamp may lie behind the wall clock; Long.MAX_VALUE for no limit
     * @param afterMs ms that it may lie ahead
     */
    record Limit(int maxBytes, long beforeMs, long afterMs) {
        /** A record is on its way for a while before the broker looks at its timestamp, in ms. */
        private static final long ON_ITS_WAY_MS = 120_000;

        /** Kafka's defaults. */
        static final Limit DEFAULT = new Limit(1_048_576, Long.MAX_VALUE, 3_600_000);

        /** The nearest timestamp to {@code time} that the topic takes now, in epoch ms. */
        long nearest(long time, long wall) {
            long earliest = beforeMs >= wall ? 0 : wall - Math.max(0, beforeMs - ON_ITS_WAY_MS);
            long latest = afterMs > Long.MAX_VALUE - wall ? Long.MAX_VALUE : wall + afterMs;
            return Math.max(0, Math.min(latest, Math.max(earliest, time)));
        }
    }
}
