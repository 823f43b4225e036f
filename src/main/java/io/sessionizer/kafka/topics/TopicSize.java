package io.sessionizer.kafka.topics;

import org.apache.kafka.clients.admin.TopicDescription;

/**
 * How large a topic is.
 *
 * @param partitions how many it has
 * @param replicas how many each of them has, at least
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
