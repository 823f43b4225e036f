package io.sessionizer.kafka.topics;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.SessionStamp;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.record.SessionRowWriter;
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
 * @param topics a limit for each of {@link #ROLES}; optional ones may have none
 * @param internalBytes largest record that the changelog and repartition topics accept, in bytes
 * @param maxUserBytes longest user that is accepted: its Session Concluded, profile and rows must fit, and what is kept in
 *     memory must be bounded
 */
public record OutputLimits(Map<TopicRole, TopicLimit> topics, int internalBytes, int maxUserBytes) {
    /** The topics that the stream writes. */
    public static final Set<TopicRole> ROLES = Collections.unmodifiableSet(EnumSet.of(
            TopicRole.ENRICHED,
            TopicRole.CONCLUDED,
            TopicRole.DEAD_LETTER,
            TopicRole.PROFILES,
            TopicRole.SESSIONS,
            TopicRole.BOARD));

    /** A record batch of one record: 61 bytes, and the record's own lengths, differences and attributes. */
    private static final int RECORD_OVERHEAD = 61 + 32;

    private static final int MAX_HEADER_LENGTHS_BYTES = 10;
    private static final int MAX_CHARACTER_BYTES = 3;
    private static final int MAX_START_BYTES = 4;
    private static final int SEGMENTS_HEADER_BYTES = 64;
    private static final int MAX_ROW_KEY_BYTES = 300;

    public OutputLimits {
        if (!areComplete(topics.keySet())) {
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

    private static boolean areComplete(Set<TopicRole> roles) {
        return ROLES.containsAll(roles) && ROLES.stream().allMatch(role -> role.isOptional() || roles.contains(role));
    }

    /** The limit of this topic. Look it up once, not per record. */
    public TopicLimit topic(TopicRole role) {
        return topics.get(role);
    }

    /** The same, limited to users that fit every output in this format. */
    public OutputLimits forUsersIn(EventFormat format) {
        ConcludedWriter concluded = new ConcludedWriter(format);
        ProfileWriter profile = new ProfileWriter();
        SessionRowWriter row = new SessionRowWriter();
        int user = maxUserBytes;
        while (user > 0
                && !(fits(TopicRole.CONCLUDED, user + concluded.maxLength(user) + concluded.maxHeadersLength(user))
                        && fits(TopicRole.PROFILES, user + profile.maxLength(user))
                        && fits(TopicRole.SESSIONS, row.maxKeyLength(user) + row.maxLength(user)))) {
            user--;
        }
        return new OutputLimits(topics, internalBytes, user);
    }

    /** Whether a record fits the topic, where there is one. */
    private boolean fits(TopicRole role, long keyAndValueBytes) {
        return !topics.containsKey(role)
                || RECORD_OVERHEAD + SEGMENTS_HEADER_BYTES + keyAndValueBytes
                        <= topic(role).maxBytes();
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
