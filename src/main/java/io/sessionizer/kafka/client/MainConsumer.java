package io.sessionizer.kafka.client;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a stream thread's input, which remembers how far it has read. Only its thread may use it. */
public final class MainConsumer extends KafkaConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> lastReturned = new HashMap<>();

    private final StreamThreads threads;
    private final TaskCommits commits;

    MainConsumer(Map<String, Object> config, StreamThreads threads, TaskCommits commits) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.threads = threads;
        this.commits = commits;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled =
                during(threads.ofPollingThread(), ClientCall.POLL, () -> super.poll(timeout));
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            lastReturned.put(partition, records.get(records.size() - 1).offset());
        }
        return polled;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        lastReturned.remove(partition);
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        lastReturned.remove(partition);
        super.seek(partition, offset);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commits.committing(offsets.keySet());
        during(threads.ofCurrentThread(), ClientCall.BROKER, () -> {
            super.commitSync(offsets);
            return true;
        });
        commits.committed(offsets.keySet());
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return during(threads.ofCurrentThread(), ClientCall.BROKER, () -> super.committed(partitions));
    }

    @Override
    public void close(CloseOptions options) {
        during(threads.ofCurrentThread(), ClientCall.BROKER, () -> {
            super.close(options);
            return true;
        });
    }

    private static <T> T during(ThreadActivity thread, ClientCall call, Supplier<T> clientCall) {
        ClientCall before = thread.enter(call);
        try {
            return clientCall.get();
        } finally {
            thread.leave(before);
        }
    }

    /** A task begins to process this partition: nothing that was returned before is waiting. */
    public void beginProcessing(TopicPartition partition) {
        lastReturned.remove(partition);
    }

    /** How far this partition has been read; empty if it is not assigned, or its position is not known yet. */
    public Optional<ReadProgress> progress(TopicPartition partition) {
        if (!assignment().contains(partition)) {
            return Optional.empty();
        }
        try {
            // without waiting: a broker that hangs must not delay the thread
            return Optional.of(new ReadProgress(
                    position(partition, Duration.ZERO), lastReturned.getOrDefault(partition, ReadProgress.NONE)));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }
}
