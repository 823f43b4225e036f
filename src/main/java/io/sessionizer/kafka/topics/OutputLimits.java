package io.sessionizer.kafka.topics;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.SessionStamp;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.session.SessionId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the output topics accept, so that no record is sent that a broker would reject: under exactly-once a rejected
 * record fails its whole transaction.
 *
 * @param topics a limit for each of {@link #ROLES}
 * @param internalBytes largest record that the changelog and repartition topics accept, in bytes
 * @param maxUserBytes longest user that is accepted: its Session Concluded and profile must fit, and what is kept in
 *     memory must be bounded
 */
public record OutputLimits(Map<TopicRole, TopicLimit> topics, int internalBytes, int maxUserBytes) {
    /** The topics that the stream writes. */
    public static final Set<TopicRole> ROLES = Collections.unmodifiableSet(EnumSet.of(
            TopicRole.ENRICHED, TopicRole.CONCLUDED, TopicRole.DEAD_LETTER, TopicRole.PROFILES, TopicRole.BOARD));

    /** A record batch of one record: 61 bytes, and the record's own lengths, differences and attributes. */
    private static final int RECORD_OVERHEAD = 61 + 32;

    private static final int MAX_HEADER_LENGTHS_BYTES = 10;
    private static final int MAX_CHARACTER_BYTES = 3;
    private static final int MAX_START_BYTES = 4;
    private static final int SEGMENTS_HEADER_BYTES = 64;
    private static final int MAX_ROW_KEY_BYTES = 300;

    public OutputLimits {
        if (!topics.keySet().equals(ROLES)) {
            throw new IllegalArgumentException(
                    "topics: must be the limits of " + ROLES + ". Found: those of " + topics.keySet());
        }
        topics = Collections.unmodifiableMap(new EnumMap<>(topics));
        TopicLimit board = topics.get(TopicRole.BOARD);
        long row = RECORD_OVERHEAD + MAX_ROW_KEY_BYTES + StatsRowCodec.MAX_LENGTH;
        if (board.maxBytes() < row) {
            throw new CannotStartException("board.topic: it and the producer must accept records of " + row
                    + " bytes; raise its max.message.bytes, or max.request.size. Found: " + board.maxBytes());
        }
    }

    /** The limit of this topic. Look it up once, not per record. */
    public TopicLimit topic(TopicRole role) {
        return topics.get(role);
    }

    /** The same, limited to users that fit every output in this format. */
    public OutputLimits forUsersIn(EventFormat format) {
        ConcludedWriter concludedWriter = new ConcludedWriter(format);
        ProfileWriter profileWriter = new ProfileWriter();
        int maxConcludedBytes = topic(TopicRole.CONCLUDED).maxBytes();
        int maxProfileBytes = topic(TopicRole.PROFILES).maxBytes();
        int user = maxUserBytes;
        while (user > 0
                && (keyedBytes(user, concludedWriter.maxLength(user) + concludedWriter.maxHeadersLength(user))
                                > maxConcludedBytes
                        || keyedBytes(user, profileWriter.maxLength(user)) > maxProfileBytes)) {
            user--;
        }
        return new OutputLimits(topics, internalBytes, user);
    }

    private static long keyedBytes(int user, long value) {
        return RECORD_OVERHEAD + SEGMENTS_HEADER_BYTES + user + value;
    }

    /** Upper bound of the headers that a stamp adds to an event, in bytes. */
    public static int stampHeaderBytes(SessionStamp stamp) {
        return headerBytes(stamp.header(), SessionId.LENGTH) + headerBytes(stamp.startHeader(), MAX_START_BYTES);
    }

    private static int headerBytes(String name, int valueBytes) {
        return name.isEmpty() ? 0 : MAX_HEADER_LENGTHS_BYTES + MAX_CHARACTER_BYTES * name.length() + valueBytes;
    }

    /** Upper bound of a record's size as producer and broker measure it, in bytes. */
    public static long recordBytes(int keyBytes, int valueBytes, Headers headers) {
        long bytes = (long) RECORD_OVERHEAD + keyBytes + valueBytes;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += MAX_HEADER_LENGTHS_BYTES
                    + (long) MAX_CHARACTER_BYTES * header.key().length()
                    + (value == null ? 0 : value.length);
        }
        return bytes;
    }
}
