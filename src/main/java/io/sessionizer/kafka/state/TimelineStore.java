package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.state.TimelineCache.CacheEntry;
import io.sessionizer.record.TimelineCodec;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The timelines of a partition's users. Those of recent users are cached as objects, so an ordinary event costs one
 * look-up and reads or writes no bytes; {@link #beforeCommit} stores each changed timeline once per commit, and
 * whenever the cache is full. The entry under {@link UserKey#NONE} is not a timeline.
 *
 * <p>The cache has two generations, young and old. When the young generation exceeds its half of the budget, or has no
 * slot for an entry, it replaces the old one, which is dropped. So a cache hit needs no bookkeeping.
 */
public final class TimelineStore implements CommitParticipant {
    private static final int TIME_CHECK_INTERVAL = 16;
    private static final int BATCH = 1024;

    private final KeyValueStore<byte[], byte[]> store;
    private final CacheBudget budget;
    private final SessionRules rules;
    private final List<CommitParticipant> dependents;
    private final List<CacheEntry> dirty = new ArrayList<>();
    private final List<KeyValue<byte[], byte[]>> batch = new ArrayList<>(BATCH);
    private TimelineCache young = new TimelineCache();
    private TimelineCache old = new TimelineCache();

    /**
     * @param dependents what depends on the timelines and is stored whenever they are, also between two commits: a crash
     *     must not leave timelines whose changes are not counted
     */
    public TimelineStore(
            KeyValueStore<byte[], byte[]> store,
            CacheBudget budget,
            SessionRules rules,
            List<CommitParticipant> dependents) {
        this.store = store;
        this.rules = rules;
        this.budget = budget;
        this.dependents = List.copyOf(dependents);
    }

    /** The user's entry, with an empty timeline if none is stored. Valid until the next call. */
    public CacheEntry entry(byte[] user) {
        int hash = TimelineCache.hash(user);
        CacheEntry cached = young.find(user, hash);
        if (cached != null) {
            return cached;
        }
        cached = old.find(user, hash);
        CacheEntry entry = cached == null ? new CacheEntry(user, hash, load(user)) : cached;
        if (!young.add(entry)) {
            beforeCommit();
            startGeneration();
            young.add(entry);
        }
        if (young.bytes() > budget.share() / 2) {
            beforeCommit();
        }
        return entry;
    }

    private Timeline load(byte[] user) {
        byte[] bytes = store.get(user);
        return bytes == null ? Timeline.EMPTY : decode(user, bytes);
    }

    /** The gap may have changed since the timeline was stored. */
    private Timeline decode(byte[] user, byte[] bytes) {
        return TimelineCodec.decode(user, bytes).withDeadlineUnder(rules);
    }

    public void replace(CacheEntry entry, Timeline after) {
        young.replace(entry, after);
        if (!entry.isDirty) {
            entry.isDirty = true;
            dirty.add(entry);
        }
    }

    @Override
    public void beforeCommit() {
        // in key order: consecutive writes are to neighbouring entries of the store
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
        dependents.forEach(CommitParticipant::beforeCommit);
        // entries of active users may have grown, and the share shrinks when tasks are added
        if (young.bytes() > budget.share() / 2 || old.bytes() > budget.share()) {
            startGeneration();
        }
    }

    private void startGeneration() {
        old = young;
        young = new TimelineCache();
    }

    @Override
    public boolean hasUnsaved() {
        return !dirty.isEmpty();
    }

    private void flushBatch() {
        if (!batch.isEmpty()) {
            store.putAll(batch);
            batch.clear();
        }
    }

    /**
     * Passes the stored users to the visitor in key order, each with its current timeline, for about {@code nanos} ns;
     * always makes some progress.
     *
     * @param from the first key
     * @return the key to resume from; {@link UserKey#NONE} after the last user
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
            return rest.hasNext() ? rest.peekNextKey() : UserKey.NONE;
        }
    }

    private Timeline current(KeyValue<byte[], byte[]> stored) {
        int hash = TimelineCache.hash(stored.key);
        CacheEntry entry = young.find(stored.key, hash);
        entry = entry == null ? old.find(stored.key, hash) : entry;
        return entry == null ? decode(stored.key, stored.value) : entry.timeline();
    }
}
