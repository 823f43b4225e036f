package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the service needs, and how it is created if missing.
 *
 * @param key the config key of its name
 * @param partitions its number of partitions
 * @param configs topic configs for creation, where they differ from the broker's defaults
 */
public record TopicSpec(String key, String name, PartitionRule partitions, Map<String, String> configs) {
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
        /** As many as the input; an existing topic must match. */
        AS_INPUT,
        /** As many as the input when created; an existing topic may differ. */
        LIKE_INPUT,
        /** The broker's default. */
        ANY,
        /** One when created, so that it is read in order. */
        ONE
    }

    /** All topics, the input first. */
    public static List<TopicSpec> all(TopicSettings topics) {
        // record timestamps are event times, so the broker's retention would delete history immediately
        Map<String, String> retention = Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topics.retentionMs()));
        return List.of(
                new TopicSpec("events.topic", topics.name(TopicRole.EVENTS), PartitionRule.ANY, Map.of()),
                new TopicSpec("enriched.topic", topics.name(TopicRole.ENRICHED), PartitionRule.AS_INPUT, retention),
                new TopicSpec("concluded.topic", topics.name(TopicRole.CONCLUDED), PartitionRule.AS_INPUT, retention),
                new TopicSpec("dead.letter.topic", topics.name(TopicRole.DEAD_LETTER), PartitionRule.ANY, retention),
                new TopicSpec("profiles.topic", topics.name(TopicRole.PROFILES), PartitionRule.LIKE_INPUT, COMPACTED),
                new TopicSpec("settings.topic", topics.name(TopicRole.SETTINGS), PartitionRule.ONE, COMPACTED_EARLY),
                new TopicSpec("board.topic", topics.name(TopicRole.BOARD), PartitionRule.ONE, COMPACTED_EARLY));
    }

    public boolean isCompacted() {
        return configs.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG);
    }

    /** @param input number of partitions of the input; empty while unknown */
    NewTopic toNewTopic(Optional<Integer> input, Optional<Short> replication) {
        Optional<Integer> count =
                switch (partitions) {
                    case AS_INPUT, LIKE_INPUT -> input;
                    case ANY -> Optional.empty();
                    case ONE -> Optional.of(1);
                };
        return new NewTopic(name, count, replication).configs(configs);
    }

    /** What is wrong with the existing topic, in one line; empty if nothing is. */
    Optional<String> mismatch(String events, int input, int actual) {
        return partitions == PartitionRule.AS_INPUT && actual != input
                ? Optional.of(key + ": must have as many partitions as " + events + ", " + input
                        + "; add the missing ones with kafka-topics --alter, or name another topic. Found: " + name
                        + " with " + actual)
                : Optional.empty();
    }

    /** What is wrong with the existing topic's cleanup policy, in one line; empty if nothing is. */
    Optional<String> mismatch(String cleanupPolicy) {
        return isCompacted() && !cleanupPolicy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? Optional.of(
                        key + ": must be compacted and nothing else, since it must keep the last record of each key"
                                + " for good; set cleanup.policy=compact with kafka-configs --alter, or name another topic."
                                + " Found: " + name + " with cleanup.policy=" + cleanupPolicy)
                : Optional.empty();
    }
}
