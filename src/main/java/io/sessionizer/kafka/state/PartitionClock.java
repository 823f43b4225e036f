package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.record.ClockCodec;
import io.sessionizer.session.ClockRules;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition's clock. It never goes backwards. It is stored only if a restart would not restore it from stream time,
 * so that an ordinary event costs no write. Its entry is in the timeline store, under {@link UserKey#NONE}.
 */
public final class PartitionClock implements CommitParticipant {
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<byte[], byte[]> store;
    private final boolean streamTimeIsClock;
    private long timeMs;
    private long storedMs;
    private ClockSource source = ClockSource.EVENT_TIME;

    /**
     * @param streamTimeIsClock whether stream time, which Kafka Streams restores, is the clock that events make. It is not
     *     after a repartition topic: stream time is that of the fastest source, and the clock that of the slowest.
     */
    public PartitionClock(
            ProcessorContext<byte[], byte[]> context, KeyValueStore<byte[], byte[]> store, boolean streamTimeIsClock) {
        this.context = context;
        this.store = store;
        this.streamTimeIsClock = streamTimeIsClock;
        this.storedMs = load();
        this.timeMs = Math.max(storedMs, restorableMs());
    }

    /** Epoch ms, or {@link ClockRules#NONE}. */
    public long timeMs() {
        return timeMs;
    }

    /** What advanced the clock last. */
    public ClockSource source() {
        return source;
    }

    /** Advances the clock; {@code toMs} must be later than {@link #timeMs}. */
    public void advance(long toMs, ClockSource source) {
        this.timeMs = toMs;
        this.source = source;
    }

    /** Stores the clock if a restart would not restore it. */
    @Override
    public void beforeCommit() {
        if (timeMs > storedMs && timeMs > restorableMs()) {
            store.put(UserKey.NONE, ClockCodec.encode(timeMs));
            storedMs = timeMs;
        }
    }

    private long load() {
        byte[] bytes = store.get(UserKey.NONE);
        return bytes == null ? ClockRules.NONE : ClockCodec.decode(bytes);
    }

    private long restorableMs() {
        return streamTimeIsClock ? context.currentStreamTimeMs() : ClockRules.NONE;
    }
}
