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
 * The highest offsets that a task may commit. A task discards the records that wait in it when its commit fails; Kafka
 * Streams then keeps the position that it had before, in one of two places (see docs/kafka-issues.md). So a position
 * counts only from when a task starts on the partition, and what was returned before is returned again.
 */
final class CommitLimits {
    private final Map<TopicPartition, Long> limits = new HashMap<>();
    private final Map<TopicPartition, Long> firstReturned = new HashMap<>();

    /**
     * A task starts on this partition, with no record of it.
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

    /** A poll returned these to the tasks. */
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

    /** Those within their limit; for any other the task has processed no record since it started. */
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
