package io.sessionizer.kafka.state;

import io.sessionizer.kafka.state.TimelineCache.CacheEntry;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The timelines of a partition's users. Those of the users seen last are kept in memory as they are, so an ordinary event
 * costs one look-up there, and no bytes are read or written for it; what has changed is stored by {@link #beforeCommit}, once a
 * user and commit. An entry of the store whose key is empty, which no user's is, is not a timeline.
 *
 * <p>Memory holds two generations: those seen lately, and those seen before. When the former outgrow their half, they take
 * the place of the latter, which are dropped. So nothing need be noted when a user is seen again.
 */
public final class TimelineStore {
    private static final int TIME_CHECK_INTERVAL = 16;
    private static final int BATCH = 1024;

    private final KeyValueStore<byte[], byte[]> store;
    private final CacheBudget budget;
    private final List<CacheEntry> dirty = new ArrayList<>();
    private final List<KeyValue<byte[], byte[]>> batch = new ArrayList<>(BATCH);
    private TimelineCache young = new TimelineCache();
    private TimelineCache old = new TimelineCache();

    public TimelineStore(KeyValueStore<byte[], byte[]> store, CacheBudget budget) {
        this.store = store;
        this.budget = budget;
    }

    /** The user's timeline, empty if nothing is remembered; of use until the next one is asked for. */
    public CacheEntry entry(byte[] user) {
        int hash = TimelineCache.hash(user);
        CacheEntry cached = young.find(user, hash);
        if (cached != null) {
            return cached;
        }
        cached = old.find(user, hash);
        CacheEntry entry = cached == null ? new CacheEntry(user, load(user)) : cached;
        young.add(entry);
        if (young.bytes() > budget.share() / 2) {
            beforeCommit();
        }
        return entry;
    }

    private Timeline load(byte[] user) {
        byte[] bytes = store.get(user);
        return bytes == null ? Timeline.EMPTY : TimelineCodec.decode(bytes);
    }

    public void replace(CacheEntry entry, Timeline after) {
        young.replace(entry, after);
        if (!entry.isDirty) {
            entry.isDirty = true;
            dirty.add(entry);
        }
    }

    /** Stores what has changed since the last call; to be called before each commit. */
    public void beforeCommit() {
        // neighbours in the store one after the other: its way to the second is short
        dirty.sort((a, b) -> Arrays.compareUnsigned(a.user, b.user));
        for (CacheEntry entry : dirty) {
            entry.isDirty = false;
            batch.add(KeyValue.pair(
                    entry.user, entry.timeline().isEmpty() ? null : TimelineCodec.encode(entry.timeline())));
            if (batch.size() == BATCH) {
                flushBatch();
            }
        }
        flushBatch();
        dirty.clear();
        // users who are seen again and again may have grown; and the share is smaller once there are more to share with
        if (young.bytes() > budget.share() / 2 || old.bytes() > budget.share()) {
            old = young;
            young = new TimelineCache();
        }
    }

    private void flushBatch() {
        if (!batch.isEmpty()) {
            store.putAll(batch);
            batch.clear();
        }
    }

    /**
     * Passes the stored users on in the order of their keys, each with its timeline as it is now, some of them even if there
     * is no time, and no more once {@code nanos} ns are over.
     *
     * @param from the key to begin at
     * @return the key to go on from; empty once all are passed
     */
    public byte[] scan(byte[] from, long maxNanos, BiConsumer<byte[], Timeline> visitor) {
        try (KeyValueIterator<byte[], byte[]> rest = store.range(from, null)) {
            long started = System.nanoTime();
            boolean isInTime = true;
            for (int done = 1; isInTime && rest.hasNext(); done++) {
                isInTime = done % TIME_CHECK_INTERVAL != 0 || System.nanoTime() - started <= maxNanos;
                KeyValue<byte[], byte[]> entry = rest.next();
                if (entry.key.length > 0) {
                    visitor.accept(entry.key, current(entry));
                }
            }
            return rest.hasNext() ? rest.peekNextKey() : new byte[0];
        }
    }

    private Timeline current(KeyValue<byte[], byte[]> stored) {
        int hash = TimelineCache.hash(stored.key);
        CacheEntry entry = young.find(stored.key, hash);
        entry = entry == null ? old.find(stored.key, hash) : entry;
        return entry == null ? TimelineCodec.decode(stored.value) : entry.timeline();
    }
}
