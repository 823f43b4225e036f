package io.sessionizer.kafka.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The highest offsets that a task may commit. When its commit fails, a task discards its buffered records, but Kafka
 * Streams keeps the earlier position in one of two places (see docs/kafka-issues.md). Therefore a position counts only
 * from when a task starts on the partition, and records that were returned before that are returned again.
 */
final class CommitLimits {
    private final Map<TopicPartition, Long> limits = new HashMap<>();
    private final Map<TopicPartition, Long> firstReturned = new HashMap<>();

    /**
     * A task starts on this partition; it has no record of it yet.
     *
     * @param committed the committed offset; empty if there is none
     * @return the offset that the task must read from; empty if it is the one that the reset policy gives
     */
    OptionalLong start(TopicPartition partition, OptionalLong committed) {
        Long first = firstReturned.remove(partition);
        OptionalLong from = committed.isPresent() || first == null ? committed : OptionalLong.of(first);
        limits.put(partition, from.orElse(0));
        return from;
    }

    /** A poll returned these records to the tasks. */
    void returned(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            firstReturned.putIfAbsent(partition, records.get(0).offset());
            raise(partition, records.get(records.size() - 1).offset() + 1);
        }
        // beyond the last record there may be transaction markers
        polled.nextOffsets().forEach((partition, next) -> raise(partition, next.offset()));
    }

    private void raise(TopicPartition partition, long limit) {
        limits.computeIfPresent(partition, (same, before) -> Math.max(before, limit));
    }

    /** The offsets within their limit; for all other partitions, the task has processed no record since it started. */
    Map<TopicPartition, OffsetAndMetadata> within(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.entrySet().stream().allMatch(this::isWithin)) {
            return offsets;
        }
        return offsets.entrySet().stream()
                .filter(this::isWithin)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean isWithin(Map.Entry<TopicPartition, OffsetAndMetadata> offset) {
        return offset.getValue().offset() <= limits.getOrDefault(offset.getKey(), Long.MAX_VALUE);
    }
}
