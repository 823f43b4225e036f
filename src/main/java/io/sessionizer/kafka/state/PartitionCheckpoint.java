package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.record.Checkpoint;
import io.sessionizer.record.Checkpoint.InputPosition;
import io.sessionizer.record.CheckpointCodec;
import io.sessionizer.session.ClockRules;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A partition's clock and position, stored with each commit that follows a change. The entry is under
 * {@link UserKey#NONE}.
 */
public final class PartitionCheckpoint implements CommitParticipant {
    private final KeyValueStore<byte[], byte[]> store;
    private final PartitionClock clock;
    private Optional<InputPosition> position;
    private Optional<Checkpoint> stored;

    /**
     * @param streamTimeMs stream time, which was the clock before checkpoints were stored with each commit; epoch ms, or
     *     {@link ClockRules#NONE}
     */
    public PartitionCheckpoint(KeyValueStore<byte[], byte[]> store, long streamTimeMs) {
        this.store = store;
        Optional<byte[]> bytes = Optional.ofNullable(store.get(UserKey.NONE));
        this.stored = bytes.map(CheckpointCodec::decode);
        this.position = stored.flatMap(Checkpoint::position);
        long storedMs = stored.map(Checkpoint::clockMs).orElse(ClockRules.NONE);
        this.clock = new PartitionClock(
                bytes.filter(CheckpointCodec::hasWholeClock).isPresent() ? storedMs : Math.max(storedMs, streamTimeMs));
    }

    /** The clock, which starts where it was stored. */
    public PartitionClock clock() {
        return clock;
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
        boolean isEmpty = clock.timeMs() == ClockRules.NONE && position.isEmpty();
        return !isEmpty && (stored.isEmpty() || !stored.get().equals(now()));
    }

    private Checkpoint now() {
        return new Checkpoint(clock.timeMs(), position);
    }
}
