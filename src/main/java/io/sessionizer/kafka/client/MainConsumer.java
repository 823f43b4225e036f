package io.sessionizer.kafka.client;

import io.sessionizer.kafka.client.ThreadActivity.ClientCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread's input, which keeps track of how far it has read, and prevents commits of offsets
 * that the task cannot have reached. It resumes reading if its position is no longer in the log. Only its thread may
 * use it.
 */
public final class MainConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Map<TopicPartition, Long> lastReturned = new HashMap<>();
    private final CommitLimits limits = new CommitLimits();
    private final StreamThreads threads;
    private final TaskCommits commits;
    private final InputGaps gaps;
    private final Consumer<MainConsumer> whenClosed;
    private final Map<TopicPartition, CommittedPosition> committed = new HashMap<>();

    MainConsumer(Map<String, Object> config, ClientWatch watch, InputGaps gaps, Consumer<MainConsumer> whenClosed) {
        super(withoutReset(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.threads = watch.threads();
        this.commits = watch.commits();
        this.gaps = gaps;
        this.whenClosed = whenClosed;
    }

    /**
     * On its own a consumer resets silently, whether or not there is state. The user's policy stays with Kafka Streams,
     * which follows it where there is no offset at all.
     */
    private static Map<String, Object> withoutReset(Map<String, Object> config) {
        Map<String, Object> without = new HashMap<>(config);
        without.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return without;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled;
        try {
            polled = during(threads.ofPollingThread(), ClientCall.POLL, () -> super.poll(timeout));
        } catch (InvalidOffsetException e) {
            recover(e);
            return ConsumerRecords.empty();
        }
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
     * The committed offsets. Kafka Streams calls this only when a task starts, before it polls a record for it.
     * Therefore the task's assigned partitions are read again from these offsets, whatever was polled before.
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> found =
                during(threads.ofCurrentThread(), ClientCall.BROKER, () -> super.committed(partitions));
        Set<TopicPartition> assigned = assignment();
        for (TopicPartition partition : partitions) {
            Optional<OffsetAndMetadata> offset = Optional.ofNullable(found.get(partition));
            committed.remove(partition);
            offset.ifPresent(position -> committed.put(partition, CommittedPosition.of(position)));
            if (assigned.contains(partition)) {
                start(partition, offset);
            }
        }
        return found;
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

    /** The given offsets that a task can have reached. */
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

    /**
     * Does not wait. Kafka Streams calls this before a commit for each partition of a task that has nothing else to
     * commit. By default, the thread would wait a minute for a partition whose leader hangs.
     *
     * @throws TimeoutException if it is not known now, which Kafka Streams treats as no change
     */
    @Override
    public long position(TopicPartition partition) {
        try {
            return position(partition, Duration.ZERO);
        } catch (NoOffsetForPartitionException e) {
            // thrown again by the next poll, where Kafka Streams follows the user's policy
            throw new TimeoutException(e);
        } catch (InvalidOffsetException e) {
            // it may concern any partition, and is thrown once
            recover(e);
            throw new TimeoutException(e);
        }
    }

    /** A task starts to process this partition: no record that was returned earlier is buffered. */
    public void beginProcessing(TopicPartition partition) {
        lastReturned.remove(partition);
    }

    /** How far this partition has been read; empty if it is not assigned, or its position is not known yet. */
    public Optional<ReadProgress> progress(TopicPartition partition) {
        if (!assignment().contains(partition)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ReadProgress(position(partition), lastReturned.getOrDefault(partition, ReadProgress.NONE)));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /** The position that was committed when the partition's task was last initialized; empty if there was none. */
    public Optional<CommittedPosition> committedPosition(TopicPartition partition) {
        return Optional.ofNullable(committed.get(partition));
    }

    /** Resumes at this offset, and commits it as the task's own position. */
    public void resumeAt(TopicPartition partition, long nextOffset) {
        OffsetAndMetadata position = CommittedPosition.toCommit(nextOffset);
        super.commitSync(Map.of(partition, position), ANSWER_TIMEOUT);
        limits.start(partition, OptionalLong.of(nextOffset));
        seek(partition, nextOffset);
    }

    /** The first offset of the log and its end, as its leader knows them now; takes at most a few seconds. */
    public LogRange logRange(TopicPartition partition) {
        Set<TopicPartition> one = Set.of(partition);
        return new LogRange(
                beginningOffsets(one, ANSWER_TIMEOUT).get(partition),
                endOffsets(one, ANSWER_TIMEOUT).get(partition));
    }

    private void recover(InvalidOffsetException failure) {
        if (failure instanceof OffsetOutOfRangeException lost) {
            try {
                seekFromLost(lost);
            } catch (TimeoutException e) {
                // the position stays where it is, and the next poll throws again
            }
        } else {
            setMissingPositions(failure);
        }
    }

    private void seekFromLost(OffsetOutOfRangeException lost) {
        Map<TopicPartition, OffsetAndMetadata> cuts =
                lost instanceof LogTruncationException cut ? cut.divergentOffsets() : Map.of();
        lost.offsetOutOfRangePartitions().forEach((partition, position) -> {
            if (gaps.concerns(partition)) {
                gaps.requireSameTopic();
            }
            LogRange log = logRange(partition);
            if (position < log.start()) {
                seek(partition, log.start());
                gaps.reportDeleted(partition, position, log.start());
            } else {
                long known = cuts.containsKey(partition) ? cuts.get(partition).offset() : Math.min(position, log.end());
                long cutAt = Math.max(log.start(), known);
                seek(partition, cutAt);
                gaps.reportCut(partition, position, cutAt);
            }
        });
    }

    /** The repartition topic must be read from its start, whatever the user's policy for the input. */
    private void setMissingPositions(InvalidOffsetException missing) {
        Set<TopicPartition> inputs = new HashSet<>();
        Set<TopicPartition> others = new HashSet<>();
        missing.partitions().forEach(partition -> (gaps.concerns(partition) ? inputs : others).add(partition));
        if (!others.isEmpty()) {
            seekToBeginning(others);
        }
        if (!inputs.isEmpty()) {
            throw new NoOffsetForPartitionException(inputs);
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
