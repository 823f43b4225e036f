package io.sessionizer.kafka.topics;

import io.sessionizer.event.EventFormat;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.record.StatsRowCodec;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the output topics take, so that no record that a broker would refuse is sent: under exactly-once a refused record
 * poisons its whole transaction.
 *
 * @param enriched of the enriched topic
 * @param concluded of the concluded topic
 * @param deadLetter of the dead letter topic
 * @param profiles of the topic of profiles
 * @param board of the board topic
 * @param internalBytes largest record that the changelog and repartition topics take, in bytes
 * @param maxUserBytes longest user that is taken: its Session Concluded and profile must fit, and what is kept in memory
 *     be bounded
 */
public record OutputLimits(
        TopicLimit enriched,
        TopicLimit concluded,
        TopicLimit deadLetter,
        TopicLimit profiles,
        TopicLimit board,
        int internalBytes,
        int maxUserBytes) {

    /** Name, 36 characters of id, and their lengths. */
    public static final int SESSION_HEADER_BYTES = 64;

    /** A record batch of one record: 61 bytes, and the record's own lengths, differences and attributes. */
    private static final int RECORD_OVERHEAD = 61 + 32;

    /** An id is a few dozen bytes; a bound of its own keeps the deadlines in memory few MB, whatever the topics take. */
    public static final int MAX_USER_BYTES = 8_192;

    private static final int SEGMENTS_HEADER_BYTES = 64;
    private static final int MAX_ROW_KEY_BYTES = 300;

    public OutputLimits {
        long row = RECORD_OVERHEAD + MAX_ROW_KEY_BYTES + StatsRowCodec.MAX_LENGTH;
        if (board.maxBytes() < row) {
            throw new CannotStartException("board.topic: it and the producer must take records of " + row
                    + " bytes; raise its max.message.bytes, or max.request.size. Found: " + board.maxBytes());
        }
    }

    /** The same, for users of whom whatever is written in this format fits. */
    public OutputLimits forUsersIn(EventFormat format) {
        ConcludedWriter concludedWriter = new ConcludedWriter(format);
        ProfileWriter profileWriter = new ProfileWriter(format);
        int user = maxUserBytes;
        while (user > 0
                && (keyedBytes(user, concludedWriter.maxLength(user)) > concluded.maxBytes()
                        || keyedBytes(user, profileWriter.maxLength(user)) > profiles.maxBytes())) {
            user--;
        }
        return new OutputLimits(enriched, concluded, deadLetter, profiles, board, internalBytes, user);
    }

    private static long keyedBytes(int user, long value) {
        return RECORD_OVERHEAD + SEGMENTS_HEADER_BYTES + user + value;
    }

    /** Upper bound of a record's size as producer and broker measure it, in bytes. */
    public static long recordBytes(int keyBytes, int valueBytes, Headers headers) {
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
    public record TopicLimit(int maxBytes, long beforeMs, long afterMs) {
        /** A record is on its way for a while before the broker looks at its timestamp, in ms. */
        private static final long TRANSIT_MS = 120_000;

        /** The nearest timestamp to {@code time} that the topic takes now, in epoch ms. */
        public long clampTimestamp(long time, long wall) {
            long earliest = beforeMs >= wall ? 0 : wall - Math.max(0, beforeMs - TRANSIT_MS);
            long latest = afterMs > Long.MAX_VALUE - wall ? Long.MAX_VALUE : wall + afterMs;
            return Math.max(0, Math.min(latest, Math.max(earliest, time)));
        }
    }
}
