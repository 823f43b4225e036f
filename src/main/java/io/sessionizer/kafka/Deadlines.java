package io.sessionizer.kafka;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of alarms, ordered by time: key is the time, 8 bytes big-endian, then the user; the value is empty.
 *
 * <p>The earliest entries are kept in memory up to a horizon. So a record that moves the clock costs one comparison when
 * nothing is due, an iterator is opened once in {@value #WINDOW} alarms, and no scan walks the tombstones of what was
 * drained before. Memory is bounded, whatever the size of the store.
 */
final class Deadlines {
    private static final int WINDOW = 1024;
    private static final byte[] EMPTY = {};

    private final KeyValueStore<byte[], byte[]> store;
    private final TreeSet<byte[]> near = new TreeSet<>(Arrays::compareUnsigned);
    /** All entries below it are in memory. */
    private byte[] horizon = EMPTY;

    private boolean isAllNear;
    /** No entry is earlier than this, in epoch ms. */
    private long earliest = Long.MIN_VALUE;

    Deadlines(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** Whether an alarm's time lies before {@code clock}. */
    boolean hasDue(long clock) {
        if (earliest >= clock) {
            return false;
        }
        if (near.isEmpty() && !isAllNear) {
            readAhead();
        }
        return earliest < clock;
    }

    /** The earliest entry's key. To be called only when an alarm is due. */
    byte[] first() {
        return near.first();
    }

    /** The earliest alarm's time, if it lies before {@code clock}; epoch ms. */
    OptionalLong overdue(long clock) {
        return hasDue(clock) ? OptionalLong.of(time(first())) : OptionalLong.empty();
    }

    void add(long time, byte[] user) {
        byte[] key = key(time, user);
        store.put(key, EMPTY);
        if (isAllNear || Arrays.compareUnsigned(key, horizon) < 0) {
            near.add(key);
            earliest = Math.min(earliest, time);
            if (near.size() > 2 * WINDOW) {
                forgetTheFar();
            }
        }
    }

    void addIfMissing(long time, byte[] user) {
        if (store.get(key(time, user)) == null) {
            add(time, user);
        }
    }

    void remove(long time, byte[] user) {
        remove(key(time, user));
    }

    void remove(byte[] key) {
        // not delete(), which would read the old value first
        store.put(key, null);
        if (near.remove(key)) {
            earliest = earliestKnown();
        }
    }

    private void readAhead() {
        try (KeyValueIterator<byte[], byte[]> entries =
                horizon.length == 0 ? store.all() : store.range(horizon, null)) {
            while (near.size() < WINDOW && entries.hasNext()) {
                KeyValue<byte[], byte[]> entry = entries.next();
                near.add(entry.key);
            }
            isAllNear = !entries.hasNext();
            horizon = isAllNear ? EMPTY : entries.peekNextKey();
        }
        earliest = earliestKnown();
    }

    private void forgetTheFar() {
        isAllNear = false;
        while (near.size() > WINDOW) {
            horizon = near.pollLast();
        }
    }

    private long earliestKnown() {
        if (!near.isEmpty()) {
            return time(near.first());
        }
        return isAllNear ? Long.MAX_VALUE : horizon.length == 0 ? Long.MIN_VALUE : time(horizon);
    }

    private static byte[] key(long time, byte[] user) {
        return ByteBuffer.allocate(Long.BYTES + user.length)
                .putLong(time)
                .put(user)
                .array();
    }

    static long time(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static byte[] user(byte[] key) {
        return Arrays.copyOfRange(key, Long.BYTES, key.length);
    }
}
