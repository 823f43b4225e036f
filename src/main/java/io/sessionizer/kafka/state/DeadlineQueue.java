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
 * When which user is to be looked at, the earliest first. A deadline is a hint: it is never taken back, so whoever polls
 * one must see whether it still stands, and it may come twice.
 *
 * <p>The earliest are kept in memory up to a horizon, those behind it on disk alone; so an ordinary deadline never sees a
 * disk, and memory is bounded however many there are. The store has no changelog and counts for nothing at a start: all
 * deadlines can be had from the timelines. Its key is the time, 8 bytes big-endian, then the user; the value is empty.
 */
public final class DeadlineQueue {
    private static final long MAX_NEAR_BYTES = 4 << 20;
    private static final int BATCH = 512;
    private static final byte[] EMPTY = {};
    private static final Deadline NONE = new Deadline(Long.MAX_VALUE, EMPTY);

    private final KeyValueStore<byte[], byte[]> store;
    private DeadlineHeap near = new DeadlineHeap();
    /** To be written to the store with one call. */
    private final List<KeyValue<byte[], byte[]>> pendingWrites = new ArrayList<>(BATCH);
    /** What is earlier is in memory, what is not is in the store. */
    private Deadline horizon = new Deadline(Long.MIN_VALUE, EMPTY);

    /**
     * A user is to be looked at once the clock stands past {@code time}.
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

    public DeadlineQueue(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        refill();
    }

    /** Whether a deadline lies before {@code clock}. */
    public boolean hasDue(long clock) {
        if (near.isEmpty() && horizon.time < clock) {
            refill();
        }
        return !near.isEmpty() && near.firstTime() < clock;
    }

    /** Takes the earliest out. To be called only when one is due. */
    public Deadline poll() {
        Deadline first = new Deadline(near.firstTime(), near.firstUser());
        near.removeFirst();
        return first;
    }

    /** The earliest deadline's time, if it lies before {@code clock}; epoch ms. */
    public OptionalLong earliestOverdue(long clock) {
        return hasDue(clock) ? OptionalLong.of(near.firstTime()) : OptionalLong.empty();
    }

    public void add(long time, byte[] user) {
        if (horizon.isAfter(time, user)) {
            near.add(time, user);
            if (near.bytes() > MAX_NEAR_BYTES) {
                spill();
            }
        } else {
            addToStore(new Deadline(time, user));
        }
    }

    private void addToStore(Deadline deadline) {
        write(KeyValue.pair(deadline.key(), EMPTY));
    }

    /** {@code null} for a value deletes: {@code delete} would read the value first. */
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

    private void spill() {
        DeadlineHeap all = near;
        near = new DeadlineHeap();
        while (near.bytes() < MAX_NEAR_BYTES / 2) {
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
        // what lies before the horizon was taken out before: a scan from there walks no tombstones
        byte[] from = horizon.time < 0 ? EMPTY : horizon.key();
        try (KeyValueIterator<byte[], byte[]> entries = store.range(from, null)) {
            horizon = NONE;
            while (entries.hasNext() && horizon == NONE) {
                byte[] key = entries.next().key;
                if (near.bytes() < MAX_NEAR_BYTES / 2) {
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
