package io.sessionizer.kafka.topics;

import io.sessionizer.event.EventFormat;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.record.StatsRowCodec;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Limits of the output topics, so that no record is sent that a broker would reject: under exactly-once, a rejected
 * record aborts its whole transaction.
 *
 * @param enriched of the enriched topic
 * @param concluded of the concluded topic
 * @param deadLetter of the dead letter topic
 * @param profiles of the topic of profiles
 * @param board of the board topic
 * @param internalBytes largest record that the changelog and repartition topics accept, in bytes
 * @param maxUserBytes longest accepted user, in bytes: its Session Concluded and profile must fit, and memory must be
 *     bounded
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

    /**
     * User ids are usually a few dozen bytes; a separate bound limits the deadlines in memory to a few MB, whatever the
     * topics accept.
     */
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

    /** These limits, with the user length reduced so that all records in this format fit. */
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
     * Limits of one topic.
     *
     * @param maxBytes largest record, in bytes
     * @param beforeMs maximum time, in ms, that a record's timestamp may be before the wall clock; Long.MAX_VALUE for
     *     no limit
     * @param afterMs maximum time, in ms, that it may be ahead of it
     */
    public record TopicLimit(int maxBytes, long beforeMs, long afterMs) {
        /** Allowance for the time until the broker validates the timestamp, in ms. */
        private static final long TRANSIT_MS = 120_000;

        /** The timestamp nearest to {@code time} that the topic accepts now, epoch ms. */
        public long clampTimestamp(long time, long wall) {
            long earliest = beforeMs >= wall ? 0 : wall - Math.max(0, beforeMs - TRANSIT_MS);
            long latest = afterMs > Long.MAX_VALUE - wall ? Long.MAX_VALUE : wall + afterMs;
            return Math.max(0, Math.min(latest, Math.max(earliest, time)));
        }
    }
}
