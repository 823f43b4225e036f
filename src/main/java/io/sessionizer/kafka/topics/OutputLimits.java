package io.sessionizer.kafka.topics;

import io.sessionizer.event.EventValidator;
import io.sessionizer.event.EventValidator.InputLimits;
import io.sessionizer.event.UserKey;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.record.ProfileWriter;
import io.sessionizer.record.SessionRowWriter;
import io.sessionizer.record.StatsRowCodec;
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
 * @param topics a limit for each of {@link #ROLES}; optional roles may have none
 * @param internalBytes largest record that the changelog and repartition topics accept, in bytes
 * @param maxUserBytes the longest user id that is accepted, in bytes: its Session Concluded, profile and rows must fit
 *     into their topics, and its state in memory must be bounded
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

    private static final int SEGMENTS_HEADER_BYTES = 64;
    private static final int MAX_ROW_KEY_BYTES = 300;

    public OutputLimits {
        if (!areComplete(topics.keySet())) {
            throw new IllegalArgumentException(
                    "topics: must be the limits of " + ROLES + ". Found: those of " + topics.keySet());
        }
        topics = Collections.unmodifiableMap(new EnumMap<>(topics));
        TopicLimit board = topics.get(TopicRole.BOARD);
        long row = EventValidator.recordBytes(MAX_ROW_KEY_BYTES, StatsRowCodec.MAX_LENGTH);
        if (board.maxBytes() < row) {
            throw new CannotStartException("board.topic: it and the producer must accept records of " + row
                    + " bytes; raise its max.message.bytes, or max.request.size. Found: " + board.maxBytes());
        }
    }

    private static boolean areComplete(Set<TopicRole> roles) {
        return ROLES.containsAll(roles) && ROLES.stream().allMatch(role -> role.isOptional() || roles.contains(role));
    }

    /**
     * The limits of topics with Kafka's defaults.
     *
     * @param maxRequestBytes the largest request that the producer sends, in bytes
     * @param internalBytes the largest record that the internal topics accept, in bytes
     */
    static OutputLimits ofKafkaDefaults(int maxRequestBytes, int internalBytes) {
        int maxBytes = Math.min(maxRequestBytes, TopicLimit.recordBytes(StreamsProperties.KAFKA_MAX_MESSAGE_BYTES));
        Map<TopicRole, TopicLimit> topics = new EnumMap<>(TopicRole.class);
        ROLES.forEach(role -> topics.put(role, TopicLimit.ofBytes(maxBytes)));
        return new OutputLimits(topics, Math.min(maxRequestBytes, internalBytes), UserKey.MAX_BYTES);
    }

    /** The same with these limits for the topics that have them. */
    OutputLimits with(Map<TopicRole, TopicLimit> known) {
        Map<TopicRole, TopicLimit> all = new EnumMap<>(topics);
        all.putAll(known);
        return new OutputLimits(all, internalBytes, maxUserBytes);
    }

    /** The resulting limits of input records. */
    public InputLimits ofInput(long maxFutureMs) {
        return new InputLimits(
                maxFutureMs, maxUserBytes, topic(TopicRole.ENRICHED).maxBytes(), internalBytes);
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

    /** Whether a record fits the topic; true if there is no topic. */
    private boolean fits(TopicRole role, long keyAndValueBytes) {
        return !topics.containsKey(role)
                || EventValidator.recordBytes(0, keyAndValueBytes) + SEGMENTS_HEADER_BYTES
                        <= topic(role).maxBytes();
    }

    /** Upper bound of a record's size as producer and broker measure it, in bytes. */
    public static long recordBytes(int keyBytes, int valueBytes, Headers headers) {
        long bytes = EventValidator.recordBytes(keyBytes, valueBytes);
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += EventValidator.headerBytes(header.key(), value == null ? 0 : value.length);
        }
        return bytes;
    }
}
