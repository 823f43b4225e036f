package io.sessionizer.kafka.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A queue of users by deadline, the earliest first. Deadlines are never cancelled, so the caller must check whether a
 * polled one is stale, and may receive one twice.
 *
 * <p>The earliest deadlines, up to a horizon, are in memory, the later ones only on disk. So most deadlines are never
 * written to disk, and memory is bounded, however many there are. The store has no changelog and is ignored at a start:
 * deadlines are rebuilt from the timelines. Its key is the time, 8 bytes big-endian, then the user; the value is empty.
 */
public final class DeadlineQueue {
    private static final int BATCH = 512;
    private static final byte[] EMPTY = {};
    private static final Deadline NONE = new Deadline(Long.MAX_VALUE, EMPTY);

    private final KeyValueStore<byte[], byte[]> store;
    private final CacheBudget budget;
    private DeadlineHeap near = new DeadlineHeap();
    /** Pending writes, to be written in one batch. */
    private final List<KeyValue<byte[], byte[]>> pendingWrites = new ArrayList<>(BATCH);
    /** Earlier deadlines are in memory, all others in the store. */
    private Deadline horizon = new Deadline(Long.MIN_VALUE, EMPTY);

    /**
     * The user's timeline must be checked once the clock is past {@code time}.
     *
     * @param time epoch ms
     */
    public record Deadline(long time, byte[] user) {
        private static Deadline of(byte[] key) {
            return new Deadline(ByteBuffer.wrap(key).getLong(), Arrays.copyOfRange(key, Long.BYTES, key.length));
        }

        private byte[] key() {
            return ByteBuffer.allocate(Long.BYTES + user.length)
                    .putLong(time)
                    .put(user)
                    .array();
        }

        private boolean isAfter(long otherTime, byte[] otherUser) {
            return time != otherTime ? time > otherTime : Arrays.compareUnsigned(user, otherUser) > 0;
        }
    }

    public DeadlineQueue(KeyValueStore<byte[], byte[]> store, CacheBudget budget) {
        this.store = store;
        this.budget = budget;
        refill();
    }

    /** Whether a deadline is earlier than {@code clock}. */
    public boolean hasDue(long clock) {
        if (near.isEmpty() && horizon.time < clock) {
            refill();
        }
        return !near.isEmpty() && near.firstTime() < clock;
    }

    /** Removes and returns the earliest deadline. Call only if one is due. */
    public Deadline poll() {
        Deadline first = new Deadline(near.firstTime(), near.firstUser());
        near.removeFirst();
        return first;
    }

    /** The earliest deadline, if it is earlier than {@code clock}; epoch ms. */
    public OptionalLong earliestOverdue(long clock) {
        return hasDue(clock) ? OptionalLong.of(near.firstTime()) : OptionalLong.empty();
    }

    public void add(long time, byte[] user) {
        if (horizon.isAfter(time, user)) {
            near.add(time, user);
            long maxBytes = budget.deadlineShare();
            if (near.bytes() > maxBytes) {
                spill(maxBytes / 2);
            }
        } else {
            addToStore(new Deadline(time, user));
        }
    }

    private void addToStore(Deadline deadline) {
        write(KeyValue.pair(deadline.key(), EMPTY));
    }

    /** A {@code null} value deletes the key; {@code delete} would read the value first. */
    private void write(KeyValue<byte[], byte[]> entry) {
        pendingWrites.add(entry);
        if (pendingWrites.size() == BATCH) {
            flush();
        }
    }

    private void flush() {
        if (!pendingWrites.isEmpty()) {
            store.putAll(pendingWrites);
            pendingWrites.clear();
        }
    }

    /** Keeps about this many bytes in memory. */
    private void spill(long keptBytes) {
        DeadlineHeap all = near;
        near = new DeadlineHeap();
        while (near.bytes() < keptBytes) {
            near.add(all.firstTime(), all.firstUser());
            all.removeFirst();
        }
        horizon = new Deadline(all.firstTime(), EMPTY);
        while (!all.isEmpty()) {
            addToStore(new Deadline(all.firstTime(), all.firstUser()));
            all.removeFirst();
        }
    }

    private void refill() {
        flush();
        // entries before the horizon have been deleted: a scan from the horizon skips their tombstones
        byte[] from = horizon.time < 0 ? EMPTY : horizon.key();
        try (KeyValueIterator<byte[], byte[]> entries = store.range(from, null)) {
            horizon = NONE;
            while (entries.hasNext() && horizon == NONE) {
                byte[] key = entries.next().key;
                if (near.bytes() < budget.deadlineShare() / 2) {
                    Deadline read = Deadline.of(key);
                    near.add(read.time, read.user);
                    write(KeyValue.pair(key, null));
                } else {
                    horizon = Deadline.of(key);
                }
            }
        }
        flush();
    }
}
