package io.sessionizer.kafka.topics;

import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The size of a topic.
 *
 * @param partitions the number of partitions
 * @param replicas the minimum number of replicas of a partition
 */
record TopicSize(int partitions, int replicas) {
    static TopicSize of(TopicDescription topic) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new TopicSize(topic.partitions().size(), replicas);
    }
}
