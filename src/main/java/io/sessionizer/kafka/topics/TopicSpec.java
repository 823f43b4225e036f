package io.sessionizer.kafka.topics;

import io.sessionizer.kafka.config.SessionizerSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the service needs, and how it is created where it is missing.
 *
 * @param key the setting that names it
 * @param partitions how many it is created with
 * @param configs the topic settings it is created with, where they are not the broker's defaults
 */
public record TopicSpec(String key, String name, PartitionRule partitions, Map<String, String> configs) {
    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    /**
     * Compacted early, since each instance reads it whole at its start. A segment is compacted once it is full: of Kafka's
     * own size, a gigabyte, that would take the board weeks.
     */
    private static final Map<String, String> COMPACTED_EARLY = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(16 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.2");

    /** How many partitions a topic has. */
    enum PartitionRule {
        /** As many as the input, and those there are must match it. */
        AS_INPUT,
        /** Created as many as the input. */
        LIKE_INPUT,
        /** The broker's default. */
        ANY,
        /** Created as one, which is read whole and in order. */
        ONE
    }

    /** All of them, the input first. */
    public static List<TopicSpec> all(SessionizerSettings.TopicSettings topics) {
        // records bear event time, so the broker's own retention would count from the activity and delete history at
        // once
        Map<String, String> retention = Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topics.retentionMs()));
        return List.of(
                new TopicSpec("events.topic", topics.events(), PartitionRule.ANY, Map.of()),
                new TopicSpec("enriched.topic", topics.enriched(), PartitionRule.AS_INPUT, retention),
                new TopicSpec("concluded.topic", topics.concluded(), PartitionRule.AS_INPUT, retention),
                new TopicSpec("dead.letter.topic", topics.deadLetter(), PartitionRule.ANY, retention),
                new TopicSpec("profiles.topic", topics.profiles(), PartitionRule.LIKE_INPUT, COMPACTED),
                new TopicSpec("settings.topic", topics.settings(), PartitionRule.ONE, COMPACTED_EARLY),
                new TopicSpec("board.topic", topics.board(), PartitionRule.ONE, COMPACTED_EARLY));
    }

    public boolean isCompacted() {
        return configs.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG);
    }

    /** @param input how many partitions the input has; empty while that is not known */
    NewTopic toNewTopic(Optional<Integer> input, Optional<Short> replication) {
        Optional<Integer> count =
                switch (partitions) {
                    case AS_INPUT, LIKE_INPUT -> input;
                    case ANY -> Optional.empty();
                    case ONE -> Optional.of(1);
                };
        return new NewTopic(name, count, replication).configs(configs);
    }

    /** What is wrong with the one there, in a line; empty where nothing is. */
    Optional<String> mismatch(String events, int input, int actual) {
        return partitions == PartitionRule.AS_INPUT && actual != input
                ? Optional.of(key + ": must have as many partitions as " + events + ", " + input
                        + "; add the missing ones with kafka-topics --alter, or name another topic. Found: " + name
                        + " with " + actual)
                : Optional.empty();
    }

    /** What is wrong with how the one there is cleaned up, in a line; empty where nothing is. */
    Optional<String> mismatch(String cleanupPolicy) {
        return isCompacted() && !cleanupPolicy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? Optional.of(
                        key + ": must be compacted and nothing else, since it must keep the last record of each key"
                                + " for good; set cleanup.policy=compact with kafka-configs --alter, or name another topic."
                                + " Found: " + name + " with cleanup.policy=" + cleanupPolicy)
                : Optional.empty();
    }
}
