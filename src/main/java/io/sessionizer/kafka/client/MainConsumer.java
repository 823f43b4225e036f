package io.sessionizer.kafka.client;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread's input, which remembers how far it has read, and lets no offset be committed beyond
 * what a task can have processed. Only its thread may use it.
 */
public final class MainConsumer extends KafkaConsumer<byte[], byte[]> {
    private final Map<TopicPartition, Long> lastReturned = new HashMap<>();
    private final CommitLimits limits = new CommitLimits();
    private final StreamThreads threads;
    private final TaskCommits commits;
    private final Consumer<MainConsumer> whenClosed;

    MainConsumer(
            Map<String, Object> config, StreamThreads threads, TaskCommits commits, Consumer<MainConsumer> whenClosed) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.threads = threads;
        this.commits = commits;
        this.whenClosed = whenClosed;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled =
                during(threads.ofPollingThread(), ClientCall.POLL, () -> super.poll(timeout));
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            lastReturned.put(partition, records.get(records.size() - 1).offset());
        }
        limits.returned(polled);
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

    /**
     * The committed offsets. Kafka Streams asks for them when a task starts, before it polls a record for it, and only
     * then: so those of its partitions that are assigned are read from there, whatever was polled before.
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                during(threads.ofCurrentThread(), ClientCall.BROKER, () -> super.committed(partitions));
        Set<TopicPartition> assigned = assignment();
        partitions.stream()
                .filter(assigned::contains)
                .forEach(partition -> start(partition, Optional.ofNullable(committed.get(partition))));
        return committed;
    }

    private void start(TopicPartition partition, Optional<OffsetAndMetadata> committed) {
        OptionalLong from = limits.start(
                partition,
                committed.map(offset -> OptionalLong.of(offset.offset())).orElse(OptionalLong.empty()));
        if (committed.isPresent()) {
            seek(partition, committed.get());
        } else {
            from.ifPresent(offset -> seek(partition, offset));
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commits.committing(offsets.keySet());
        during(threads.ofCurrentThread(), ClientCall.BROKER, () -> {
            super.commitSync(committable(offsets));
            return true;
        });
        commits.committed(offsets.keySet());
    }

    /** Those of these offsets that a task can have reached. */
    Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return limits.within(offsets);
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

    @Override
    public void close() {
        close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.DEFAULT));
    }

    /**
     * A dynamic member leaves the group, a static one remains. Kafka Streams lets a crashed thread's member remain, and
     * the group would wait for it until its session timed out.
     */
    @Override
    public void close(CloseOptions options) {
        try {
            during(threads.ofCurrentThread(), ClientCall.BROKER, () -> {
                super.close(options.withGroupMembershipOperation(GroupMembershipOperation.DEFAULT));
                return true;
            });
        } finally {
            whenClosed.accept(this);
        }
    }
}
