package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.record.Checkpoint;
import io.sessionizer.record.Checkpoint.InputPosition;
import io.sessionizer.record.CheckpointCodec;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.ClockSteps;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A partition's clock with its steps, and its position, stored with each commit that follows a change. The entry is under
 * {@link UserKey#NONE}.
 */
public final class PartitionCheckpoint implements CommitParticipant {
    private static final UUID NO_TOPIC = new UUID(0, 0);

    private final KeyValueStore<byte[], byte[]> store;
    private final PartitionClock clock;
    private final ClockSteps steps;
    private UUID topicId = NO_TOPIC;
    private long nextOffset;
    private Optional<Checkpoint> stored;

    /**
     * @param streamTimeMs stream time, which was the clock before checkpoints were stored with each commit; epoch ms, or
     *     {@link ClockRules#NONE}
     */
    public PartitionCheckpoint(KeyValueStore<byte[], byte[]> store, long streamTimeMs) {
        this.store = store;
        Optional<byte[]> bytes = Optional.ofNullable(store.get(UserKey.NONE));
        this.stored = bytes.map(CheckpointCodec::decode);
        long storedMs = stored.map(Checkpoint::clockMs).orElse(ClockRules.NONE);
        this.clock = new PartitionClock(
                bytes.filter(CheckpointCodec::hasWholeClock).isPresent() ? storedMs : Math.max(storedMs, streamTimeMs));
        this.steps = ClockSteps.of(stored.map(Checkpoint::earlierSteps).orElse(List.of()), clock.timeMs());
        position().ifPresent(this::set);
        // at least once, Kafka Streams commits when a task is restored, before its first record
        beforeCommit();
    }

    /** The clock, which starts where it was stored. */
    public PartitionClock clock() {
        return clock;
    }

    /** The same clock with its earlier steps, which the caller moves with it where sessions conclude. */
    public ClockSteps steps() {
        return steps;
    }

    /** The position as it is stored; empty if no record was processed. */
    public Optional<InputPosition> position() {
        return stored.flatMap(Checkpoint::position);
    }

    /** Sets where reading resumes, and stores it: a task that is closed again may never commit. */
    public void resumeAt(InputPosition position) {
        set(position);
        beforeCommit();
    }

    private void set(InputPosition position) {
        topicId = position.topicId();
        nextOffset = position.nextOffset();
    }

    /** The record at this offset of the topic with this id was processed. */
    public void processed(UUID topic, long offset) {
        topicId = topic;
        nextOffset = offset + 1;
    }

    /** Stores the clock and the position if one has changed. */
    @Override
    public void beforeCommit() {
        if (hasUnsaved()) {
            store.put(UserKey.NONE, CheckpointCodec.encode(now()));
            stored = Optional.of(now());
        }
    }

    @Override
    public boolean hasUnsaved() {
        boolean isEmpty = clock.timeMs() == ClockRules.NONE && topicId.equals(NO_TOPIC);
        return !isEmpty && (stored.isEmpty() || !stored.get().equals(now()));
    }

    private Checkpoint now() {
        return new Checkpoint(
                clock.timeMs(),
                steps.earlier(),
                topicId.equals(NO_TOPIC) ? Optional.empty() : Optional.of(new InputPosition(topicId, nextOffset)));
    }
}
