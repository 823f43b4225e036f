package io.sessionizer.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
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
final class Deadlines {
    private static final long MAX_NEAR_BYTES = 4 << 20;
    private static final int DEADLINE_BYTES = 80;
    private static final int BATCH = 512;
    private static final byte[] EMPTY = {};
    private static final Deadline NOWHERE = new Deadline(Long.MAX_VALUE, EMPTY);

    private final KeyValueStore<byte[], byte[]> store;
    private final PriorityQueue<Deadline> near = new PriorityQueue<>(1024);
    private long nearBytes;
    /** To be written to the store with one call. */
    private final List<KeyValue<byte[], byte[]>> far = new ArrayList<>(BATCH);
    /** What is earlier is in memory, what is not is in the store. */
    private Deadline horizon = new Deadline(Long.MIN_VALUE, EMPTY);

    /**
     * A user is to be looked at once the clock stands past {@code time}.
     *
     * @param time epoch ms
     */
    record Deadline(long time, byte[] user) implements Comparable<Deadline> {
        private static Deadline of(byte[] key) {
            return new Deadline(ByteBuffer.wrap(key).getLong(), Arrays.copyOfRange(key, Long.BYTES, key.length));
        }

        private byte[] key() {
            return ByteBuffer.allocate(Long.BYTES + user.length)
                    .putLong(time)
                    .put(user)
                    .array();
        }

        private long bytes() {
            return DEADLINE_BYTES + user.length;
        }

        @Override
        public int compareTo(Deadline other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Arrays.compareUnsigned(user, other.user);
        }
    }

    Deadlines(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Whether a deadline lies before {@code clock}. */
    boolean hasDue(long clock) {
        if (near.isEmpty() && horizon.time < clock) {
            readAhead();
        }
        Deadline first = near.peek();
        return first != null && first.time < clock;
    }

    /** Takes the earliest out. To be called only when one is due. */
    Deadline poll() {
        Deadline first = near.remove();
        nearBytes -= first.bytes();
        return first;
    }

    /** The earliest deadline's time, if it lies before {@code clock}; epoch ms. */
    OptionalLong overdue(long clock) {
        return hasDue(clock) ? OptionalLong.of(near.peek().time) : OptionalLong.empty();
    }

    void add(long time, byte[] user) {
        Deadline deadline = new Deadline(time, user);
        if (deadline.compareTo(horizon) < 0) {
            addNear(deadline);
            if (nearBytes > MAX_NEAR_BYTES) {
                moveHorizonNearer();
            }
        } else {
            addFar(deadline);
        }
    }

    private void addNear(Deadline deadline) {
        near.add(deadline);
        nearBytes += deadline.bytes();
    }

    private void addFar(Deadline deadline) {
        write(KeyValue.pair(deadline.key(), EMPTY));
    }

    /** {@code null} for a value deletes: {@code delete} would read the value first. */
    private void write(KeyValue<byte[], byte[]> entry) {
        far.add(entry);
        if (far.size() == BATCH) {
            writeFar();
        }
    }

    private void writeFar() {
        if (!far.isEmpty()) {
            store.putAll(far);
            far.clear();
        }
    }

    private void moveHorizonNearer() {
        List<Deadline> sorted = new ArrayList<>(near);
        sorted.sort(Comparator.naturalOrder());
        near.clear();
        nearBytes = 0;
        horizon = NOWHERE;
        for (Deadline deadline : sorted) {
            if (nearBytes < MAX_NEAR_BYTES / 2) {
                addNear(deadline);
            } else {
                horizon = horizon == NOWHERE ? deadline : horizon;
                addFar(deadline);
            }
        }
    }

    private void readAhead() {
        writeFar();
        // what lies before the horizon was taken out before: a scan from there walks no tombstones
        byte[] from = horizon.time < 0 ? EMPTY : horizon.key();
        try (KeyValueIterator<byte[], byte[]> entries = store.range(from, null)) {
            horizon = NOWHERE;
            while (entries.hasNext() && horizon == NOWHERE) {
                byte[] key = entries.next().key;
                if (nearBytes < MAX_NEAR_BYTES / 2) {
                    addNear(Deadline.of(key));
                    write(KeyValue.pair(key, null));
                } else {
                    horizon = Deadline.of(key);
                }
            }
        }
        writeFar();
    }
}
