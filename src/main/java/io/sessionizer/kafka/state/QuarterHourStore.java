package io.sessionizer.kafka.state;

import io.sessionizer.record.QuarterHourCodec;
import io.sessionizer.stats.SessionStats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of statistics, one row per quarter-hour; the key is its number, 8 bytes big-endian. A few rows are cached,
 * so that counting a session needs no decoding; {@link #beforeCommit} stores changes once per commit.
 */
public final class QuarterHourStore {
    /** About 4 KB each. */
    private static final int MAX_CACHED_ROWS = 16;

    private final KeyValueStore<byte[], byte[]> store;
    private final Map<Long, CachedRow> rows = new LinkedHashMap<>(2 * MAX_CACHED_ROWS, 0.75f, true);
    private final Set<Long> dirty = new HashSet<>();
    /** Bounded by the number of quarter-hours within the retention. */
    private final NavigableSet<Long> unpublished = new TreeSet<>();
    /** Earliest quarter-hour that may have a row. */
    private long earliest = Long.MAX_VALUE;

    /** A cached row. Only the caller of {@link #rowForUpdate} may modify it. */
    public static final class CachedRow {
        public final SessionStats stats;
        public long becameActive;
        public long becameInactive;
        /** Whether it is not yet stored and not yet published. */
        private boolean isDirty;

        private CachedRow(SessionStats stats, long becameActive, long becameInactive) {
            this.stats = stats;
            this.becameActive = becameActive;
            this.becameInactive = becameInactive;
        }
    }

    public QuarterHourStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = store.range(key(0), key(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                long quarterHour = ByteBuffer.wrap(entry.key).getLong();
                earliest = Math.min(earliest, quarterHour);
                if (QuarterHourCodec.decode(entry.value).isUnpublished()) {
                    unpublished.add(quarterHour);
                }
            }
        }
    }

    /** Returns the row for modification. */
    public CachedRow rowForUpdate(long quarterHour) {
        CachedRow row = row(quarterHour);
        if (row.isDirty) {
            return row;
        }
        if (dirty.size() >= MAX_CACHED_ROWS) {
            beforeCommit();
            return rowForUpdate(quarterHour);
        }
        row.isDirty = true;
        dirty.add(quarterHour);
        unpublished.add(quarterHour);
        earliest = Math.min(earliest, quarterHour);
        return row;
    }

    /** Stores changes since the last call. Call before each commit. */
    public void beforeCommit() {
        if (dirty.isEmpty()) {
            return;
        }
        for (long quarterHour : dirty) {
            CachedRow row = row(quarterHour);
            row.isDirty = false;
            store.put(
                    key(quarterHour),
                    QuarterHourCodec.encode(new QuarterHourCodec.Stored(
                            row.stats, row.becameActive, row.becameInactive, unpublished.contains(quarterHour))));
        }
        dirty.clear();
        for (Iterator<CachedRow> eldest = rows.values().iterator(); rows.size() > MAX_CACHED_ROWS; ) {
            eldest.next();
            eldest.remove();
        }
    }

    public boolean hasUnpublished() {
        return !unpublished.isEmpty();
    }

    /** Removes and returns the latest quarter-hour whose row is not published yet. */
    public long pollUnpublished() {
        long quarterHour = unpublished.pollLast();
        row(quarterHour).isDirty = false;
        dirty.add(quarterHour);
        return quarterHour;
    }

    /** Returns the row for reading; must not be modified. */
    public CachedRow row(long quarterHour) {
        CachedRow cached = rows.get(quarterHour);
        if (cached != null) {
            return cached;
        }
        byte[] bytes = store.get(key(quarterHour));
        CachedRow read = new CachedRow(new SessionStats(), 0, 0);
        if (bytes != null) {
            QuarterHourCodec.Stored stored = QuarterHourCodec.decode(bytes);
            read = new CachedRow(stored.stats(), stored.becameActive(), stored.becameInactive());
        }
        rows.put(quarterHour, read);
        return read;
    }

    /** Removes the rows of all quarter-hours before this one, and passes each to {@code removed}. */
    public void removeBefore(long quarterHour, LongConsumer removed) {
        if (earliest >= quarterHour) {
            return;
        }
        beforeCommit();
        // deletes only after the iterator is closed
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> old = store.range(key(earliest), key(quarterHour - 1))) {
            old.forEachRemaining(entry -> keys.add(entry.key));
        }
        for (byte[] key : keys) {
            store.put(key, null);
            removed.accept(ByteBuffer.wrap(key).getLong());
        }
        rows.keySet().removeIf(each -> each < quarterHour);
        unpublished.headSet(quarterHour).clear();
        earliest = quarterHour;
    }

    private static byte[] key(long quarterHour) {
        return ByteBuffer.allocate(Long.BYTES).putLong(quarterHour).array();
    }
}
