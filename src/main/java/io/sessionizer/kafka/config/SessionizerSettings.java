package io.sessionizer.kafka.config;

import io.sessionizer.event.EventFormat;
import io.sessionizer.session.SessionRules;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The validated settings of the service.
 *
 * @param userFrom where an event's user is read from
 * @param uncounted how events that do not count are handled
 * @param format the names of an event's fields
 * @param rules the rules of sessions
 * @param clock the rules of the partitions' clocks
 * @param topics the topics read and written
 * @param startupTimeoutMs how long to try to reach the broker at the start, in ms
 * @param maxThreadReplacements how often an hour each stream thread may be replaced before the process gives up
 * @param stateMemoryBytes memory for RocksDB over all stores of the process, in bytes
 * @param kafka Kafka's own client and Streams settings, as configured by the user
 */
public record SessionizerSettings(
        UserFrom userFrom,
        Uncounted uncounted,
        EventFormat format,
        SessionRules rules,
        ClockSettings clock,
        TopicSettings topics,
        long startupTimeoutMs,
        int maxThreadReplacements,
        long stateMemoryBytes,
        Map<String, String> kafka) {

    public SessionizerSettings {
        kafka = Map.copyOf(kafka);
    }

    /** These settings with {@code host:port} as {@code application.server}, unless the user configured one. */
    public SessionizerSettings withApplicationServer(String server) {
        Map<String, String> with = new HashMap<>(kafka);
        with.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, server);
        return new SessionizerSettings(
                userFrom,
                uncounted,
                format,
                rules,
                clock,
                topics,
                startupTimeoutMs,
                maxThreadReplacements,
                stateMemoryBytes,
                with);
    }

    /** Without the values of Kafka's settings, which may be secrets. */
    @Override
    public String toString() {
        return "Settings[" + userFrom + ", " + uncounted + ", " + format + ", " + rules + ", " + clock + ", " + topics
                + ", " + kafka.keySet() + "]";
    }

    /** Where an event's user is read from. */
    public enum UserFrom {
        /** In the record's key. */
        KEY,
        /** In the payload: the events are re-keyed through a repartition topic. */
        PAYLOAD
    }

    /** How events that do not count are handled. */
    public enum Uncounted {
        DROP,
        FORWARD
    }

    /**
     * The rules of the partitions' clocks.
     *
     * @param idleAfterMs ms of polling without an event after which a caught-up partition follows the wall clock
     * @param maxFutureMs maximum ms that an event may be ahead of the wall clock
     */
    public record ClockSettings(long idleAfterMs, long maxFutureMs) {}

    /**
     * The topics read and written.
     *
     * @param events input
     * @param enriched output: stamped events
     * @param concluded output: Session Concluded events
     * @param deadLetter output: records that could not be understood
     * @param profiles output, compacted: each user's session with the latest activity
     * @param settings control, compacted: settings that are switched at runtime
     * @param board output, compacted: the statistics of the Session Board
     * @param create whether missing topics are created at the start
     * @param retentionMs time retention of created output topics in ms, -1 for no limit
     * @param replicationFactor of created topics, -1 for the broker's default
     */
    public record TopicSettings(
            String events,
            String enriched,
            String concluded,
            String deadLetter,
            String profiles,
            String settings,
            String board,
            boolean create,
            long retentionMs,
            short replicationFactor) {}
}
