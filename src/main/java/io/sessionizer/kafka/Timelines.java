package io.sessionizer.kafka;

import io.sessionizer.codec.TimelineCodec;
import io.sessionizer.session.Clock;
import io.sessionizer.session.Timeline;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of timelines, and the rule that ties it to the deadlines: for each user with a timeline there is exactly one
 * deadline, at the timeline's alarm. The empty key, which no user has, holds the partition's clock.
 */
final class Timelines {
    private static final byte[] CLOCK_KEY = {};
    private static final byte CLOCK_VERSION = 1;

    private final KeyValueStore<byte[], byte[]> store;
    private final Deadlines deadlines;
    private byte[] rearmedUpTo = CLOCK_KEY;

    Timelines(KeyValueStore<byte[], byte[]> store, Deadlines deadlines) {
        this.store = store;
        this.deadlines = deadlines;
    }

    Timeline of(byte[] user) {
        byte[] bytes = store.get(user);
        return bytes == null ? Timeline.EMPTY : TimelineCodec.decode(bytes);
    }

    /** Each user's timeline, once; for the start, since all of the store is read. */
    void forEach(Consumer<Timeline> taker) {
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                if (entry.key.length > 0) {
                    taker.accept(TimelineCodec.decode(entry.value));
                }
            }
        }
    }

    void replace(byte[] user, Timeline before, Timeline after) {
        store.put(user, after.isEmpty() ? null : TimelineCodec.encode(after));
        if (before.alarm() == after.alarm()) {
            return;
        }
        if (!before.isEmpty()) {
            deadlines.remove(before.alarm(), user);
        }
        if (!after.isEmpty()) {
            deadlines.add(after.alarm(), user);
        }
    }

    long clock() {
        byte[] bytes = store.get(CLOCK_KEY);
        if (bytes == null) {
            return Clock.NONE;
        }
        if (bytes[0] != CLOCK_VERSION) {
            throw new IllegalStateException("clock format: must be " + CLOCK_VERSION + ". Found: " + bytes[0]);
        }
        return ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong();
    }

    void rememberClock(long clock) {
        store.put(
                CLOCK_KEY,
                ByteBuffer.allocate(1 + Long.BYTES)
                        .put(CLOCK_VERSION)
                        .putLong(clock)
                        .array());
    }

    /**
     * Goes on writing deadlines that are missing, from where the last call left off: after a crash under at-least-once, one
     * may have been lost without its timeline. For {@code nanos} ns at most.
     *
     * @return whether timelines are left to look at
     */
    boolean rearmSome(long nanos) {
        try (KeyValueIterator<byte[], byte[]> rest = store.range(rearmedUpTo, null)) {
            long started = System.nanoTime();
            while (rest.hasNext() && System.nanoTime() - started < nanos) {
                KeyValue<byte[], byte[]> entry = rest.next();
                if (entry.key.length > 0) {
                    deadlines.addIfMissing(TimelineCodec.decode(entry.value).alarm(), entry.key);
                }
            }
            rearmedUpTo = rest.hasNext() ? rest.peekNextKey() : CLOCK_KEY;
            return rest.hasNext();
        }
    }
}
