package io.sessionizer.kafka.topics;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * An output topic as it is configured on the brokers. A rejected record makes its transaction fail repeatedly, so the
 * service does not start if the topic's settings might reject one of its records.
 *
 * @param key the configuration key of its name
 * @param replicas the minimum number of replicas of a partition
 */
record WritableTopic(String key, String name, int replicas, Config config) {
    /** The problems of its settings, one line each. */
    List<String> problems() {
        return Stream.of(replicaProblems(), timestampProblems())
                .flatMap(List::stream)
                .toList();
    }

    /** Otherwise a write is retried until it times out: the broker waits for replicas that do not exist. */
    private List<String> replicaProblems() {
        long required = TopicAdmin.number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return required <= replicas
                ? List.of()
                : List.of(key + ": min.insync.replicas must be at most the number of replicas, " + replicas
                        + ", or no record can be written; lower it with kafka-configs --alter, or add replicas. Found: "
                        + name + " with min.insync.replicas=" + required);
    }

    /** Any record may carry the time of the write, which the topic must accept although clocks differ. */
    private List<String> timestampProblems() {
        String type = TopicAdmin.value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        return type.equals(TimestampType.LOG_APPEND_TIME.name)
                ? List.of()
                : Stream.of(
                                atLeast(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, TopicLimit.MIN_BEFORE_MS),
                                atLeast(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, TopicLimit.MIN_AFTER_MS))
                        .flatMap(List::stream)
                        .toList();
    }

    private List<String> atLeast(String setting, long leastMs) {
        long found = TopicAdmin.number(config, setting);
        return found >= leastMs
                ? List.of()
                : List.of(key + ": " + setting + " must be at least " + leastMs
                        + ", since clocks differ and records are"
                        + " in transit for a while; raise it with kafka-configs --alter. Found: " + name + " with "
                        + found);
    }
}
