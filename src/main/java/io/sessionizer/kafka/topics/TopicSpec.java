package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * A topic that the service needs, and how it is created if missing.
 *
 * @param role its purpose
 * @param partitions how many it is created with
 * @param configs the topic settings that it is
 *     created with, if they differ from the broker's defaults
 */
public record TopicSpec(TopicRole role, String name, PartitionRule partitions, Map<String, String> configs) {
    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    /**
     * Compacted early, since each instance reads the whole topic at startup. Only full segments are compacted: with
     * Kafka's default of 1 GB that would take weeks for the board topic.
     */
    private static final Map<String, String> COMPACTED_EARLY = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(16 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.2");

    /** The rule for a topic's number of partitions. */
    enum PartitionRule {
        /** As many as the input, even if the topic already exists. */
        MUST_MATCH_INPUT,
        /** As many as the input when created; an existing topic may differ. */
        CREATED_LIKE_INPUT,
        /** The broker's default. */
        ANY,
        /** One when created, so that it is read in order. */
        ONE
    }

    /** One specification for each role that has a topic, in the order of the roles. */
    public static List<TopicSpec> all(TopicSettings topics) {
        Map<String, String> retention = Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topics.retentionMs()));
        return topics.names().keySet().stream()
                .map(role -> new TopicSpec(role, topics.name(role), partitions(role), configs(role, retention)))
                .toList();
    }

    private static PartitionRule partitions(TopicRole role) {
        return switch (role) {
            case EVENTS, DEAD_LETTER -> PartitionRule.ANY;
            case ENRICHED, CONCLUDED -> PartitionRule.MUST_MATCH_INPUT;
            case PROFILES, SESSIONS -> PartitionRule.CREATED_LIKE_INPUT;
            case SETTINGS, BOARD -> PartitionRule.ONE;
        };
    }

    private static Map<String, String> configs(TopicRole role, Map<String, String> retention) {
        return switch (role) {
            case EVENTS -> Map.of();
            case ENRICHED, CONCLUDED, DEAD_LETTER -> withEventTime(retention);
            case PROFILES, SESSIONS -> withEventTime(COMPACTED);
            case SETTINGS -> COMPACTED_EARLY;
            case BOARD -> withEventTime(COMPACTED_EARLY);
        };
    }

    /** Whatever the broker's default is: records of outputs carry event time. */
    private static Map<String, String> withEventTime(Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(configs);
        all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.CREATE_TIME.name);
        return all;
    }

    public boolean isCompacted() {
        return configs.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG);
    }

    /** @param input number of partitions of the input; empty while unknown */
    NewTopic toNewTopic(Optional<Integer> input, Optional<Short> replication) {
        Optional<Integer> count =
                switch (partitions) {
                    case MUST_MATCH_INPUT, CREATED_LIKE_INPUT -> input;
                    case ANY -> Optional.empty();
                    case ONE -> Optional.of(1);
                };
        return new NewTopic(name, count, replication).configs(configs);
    }

    /** Why the existing topic's number of partitions does not fit, in one line; empty if it does. */
    Optional<String> mismatch(String events, int input, int actual) {
        return partitions == PartitionRule.MUST_MATCH_INPUT && actual != input
                ? Optional.of(role.key() + ": must have as many partitions as " + events + ", " + input
                        + "; add the missing ones with kafka-topics --alter, or name another topic. Found: " + name
                        + " with " + actual)
                : Optional.empty();
    }

    /** Why the existing topic's cleanup policy does not fit, in one line; empty if it does. */
    Optional<String> mismatch(String cleanupPolicy) {
        String found = " Found: " + name + " with cleanup.policy=" + cleanupPolicy;
        if (isCompacted()) {
            return cleanupPolicy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                    ? Optional.empty()
                    : Optional.of(role.key()
                            + ": must be compacted and nothing else, since it must keep the last record of each key"
                            + " for good; set cleanup.policy=compact with kafka-configs --alter, or name another topic."
                            + found);
        }
        return role != TopicRole.EVENTS && cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? Optional.of(role.key()
                        + ": must not be compacted, since that keeps one record of each key, and the broker rejects"
                        + " those without a key; set cleanup.policy=delete with kafka-configs --alter, or name another"
                        + " topic." + found)
                : Optional.empty();
    }
}
