package io.sessionizer.kafka;

import io.sessionizer.event.UserKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a watermark to all partitions; users are left to the default partitioner. */
final class WatermarkPartitioner implements StreamPartitioner<byte[], byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, Headers headers, int partitions) {
        return toAllUnlessUser(key, partitions);
    }

    // Kafka Streams calls the other one; this one is abstract until it is removed
    @Override
    @SuppressWarnings("removal")
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
        return toAllUnlessUser(key, partitions);
    }

    private static Optional<Set<Integer>> toAllUnlessUser(byte[] key, int partitions) {
        return Arrays.equals(key, UserKey.NONE)
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }
}
