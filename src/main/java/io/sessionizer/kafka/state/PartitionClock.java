package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.session.ClockRules;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition's clock. It never runs backwards, and it is stored where a restart would not restore it by itself, so that
 * an ordinary event costs no write for it. It is in the store of timelines, under {@link UserKey#NONE}.
 */
public final class PartitionClock {
    private static final byte VERSION = 1;

    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<byte[], byte[]> store;
    private final boolean streamTimeIsClock;
    private long timeMs;
    private long storedMs;
    private boolean followsWall;

    public PartitionClock(
            ProcessorContext<byte[], byte[]> context,
            SessionizerSettings settings,
            KeyValueStore<byte[], byte[]> store) {
        this.context = context;
        this.store = store;
        // after a repartition topic, stream time is that of the fastest source, and the clock is that of the slowest
        this.streamTimeIsClock = settings.input().userFrom() == SessionizerSettings.UserFrom.KEY;
        this.storedMs = load();
        this.timeMs = Math.max(storedMs, restorableMs());
    }

    /** Epoch ms, or {@link ClockRules#NONE}. */
    public long timeMs() {
        return timeMs;
    }

    /** Whether it was last advanced by the wall clock, since the partition is idle. */
    public boolean followsWall() {
        return followsWall;
    }

    /** Advances the clock; {@code to} must be later than {@link #timeMs}. */
    public void advance(long to, boolean byWall) {
        timeMs = to;
        followsWall = byWall;
    }

    /** Stores the clock if a restart would not restore it. Call before each commit. */
    public void beforeCommit() {
        if (timeMs > storedMs && timeMs > restorableMs()) {
            store.put(
                    UserKey.NONE,
                    ByteBuffer.allocate(1 + Long.BYTES)
                            .put(VERSION)
                            .putLong(timeMs)
                            .array());
            storedMs = timeMs;
        }
    }

    private long load() {
        byte[] bytes = store.get(UserKey.NONE);
        if (bytes == null) {
            return ClockRules.NONE;
        }
        if (bytes[0] != VERSION) {
            throw new IllegalStateException("clock format: must be " + VERSION + ". Found: " + bytes[0]);
        }
        return ByteBuffer.wrap(bytes, 1, Long.BYTES).getLong();
    }

    private long restorableMs() {
        return streamTimeIsClock ? context.currentStreamTimeMs() : ClockRules.NONE;
    }
}
