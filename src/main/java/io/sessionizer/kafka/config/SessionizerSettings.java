package io.sessionizer.kafka.config;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.session.SessionRules;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of the running service, already validated.
 *
 * @param input what counts as an event
 * @param rules of sessions
 * @param clock the rules of the partitions' clocks
 * @param topics the topics that are read and written
 * @param runtime how the process runs
 */
public record SessionizerSettings(
        InputSettings input, SessionRules rules, ClockSettings clock, TopicSettings topics, RuntimeSettings runtime) {

    /** The same, with a {@code host:port} that other instances reach this one at, unless the user set one. */
    public SessionizerSettings withApplicationServer(String server) {
        return new SessionizerSettings(input, rules, clock, topics, runtime.withApplicationServer(server));
    }

    /** The same, but reading resumes at the committed positions, whatever the state says. */
    public SessionizerSettings acceptingPositions() {
        return new SessionizerSettings(input, rules, clock, topics, runtime.acceptingPositions());
    }

    /** Where an event's user is. */
    public enum UserFrom {
        /** In the record's key. */
        KEY,
        /** In the payload: the events are re-keyed through a repartition topic. */
        PAYLOAD
    }

    /** What happens to events that do not count. */
    public enum Uncounted {
        DROP,
        FORWARD
    }

    /**
     * How events are read.
     *
     * @param userFrom where an event's user is
     * @param uncounted what happens to events that do not count
     * @param format the locations of an event's fields, and the events that count
     * @param erasesOnNull whether a null value erases the user in its key; otherwise it is ignored
     * @param hasKeyPrefix whether a key may begin with a schema registry's prefix
     */
    public record InputSettings(
            UserFrom userFrom, Uncounted uncounted, EventFormat format, boolean erasesOnNull, boolean hasKeyPrefix) {}

    /**
     * The rules of the partitions' clocks.
     *
     * @param idleAfterMs ms in which no record has advanced the clock, after which a partition that is a gap or more behind
     *     follows the wall clock
     * @param maxFutureMs ms that an event may be ahead of the wall clock
     * @param stalledAfterMs ms without progress after which an input partition is stalled
     */
    public record ClockSettings(long idleAfterMs, long maxFutureMs, long stalledAfterMs) {
        private static final long CLOCKS_DIFFER_MS = 3_600_000;

        /**
         * The latest time that an event may have by this instance's wall clock, whatever another instance's shows,
         * epoch ms.
         */
        public long latestEventTime(long wallMs) {
            return wallMs + maxFutureMs + CLOCKS_DIFFER_MS;
        }
    }

    /**
     * How the process runs.
     *
     * @param startupTimeoutMs how long to try to reach the broker at the start, in ms
     * @param maxThreadReplacements how often per hour each stream thread may be replaced before the process gives up
     * @param stateMemoryBytes memory for RocksDB over all stores of the process, in bytes
     * @param acceptsPositions whether reading resumes at the committed positions as they are at the start of this
     *     process
     * @param kafka settings of Kafka Streams and its clients, as the user set them
     */
    public record RuntimeSettings(
            long startupTimeoutMs,
            int maxThreadReplacements,
            long stateMemoryBytes,
            boolean acceptsPositions,
            Map<String, String> kafka) {
        public RuntimeSettings {
            kafka = Map.copyOf(kafka);
        }

        RuntimeSettings withApplicationServer(String server) {
            Map<String, String> with = new HashMap<>(kafka);
            with.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, server);
            return new RuntimeSettings(
                    startupTimeoutMs, maxThreadReplacements, stateMemoryBytes, acceptsPositions, with);
        }

        /** The {@code host:port} that other instances reach this one at; empty if there is none. */
        public String applicationServer() {
            return kafka.getOrDefault(StreamsConfig.APPLICATION_SERVER_CONFIG, "");
        }

        /** Where the state is on disk. */
        public String stateDirectory() {
            return kafka.get(StreamsConfig.STATE_DIR_CONFIG);
        }

        RuntimeSettings acceptingPositions() {
            return new RuntimeSettings(startupTimeoutMs, maxThreadReplacements, stateMemoryBytes, true, kafka);
        }

        /** Without the values of Kafka's settings, which may be secrets. */
        @Override
        public String toString() {
            return "RuntimeSettings[" + startupTimeoutMs + ", " + maxThreadReplacements + ", " + stateMemoryBytes + ", "
                    + acceptsPositions + ", " + kafka.keySet() + "]";
        }
    }
}
