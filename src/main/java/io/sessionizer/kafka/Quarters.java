package io.sessionizer.kafka;

import io.sessionizer.codec.FiguresCodec;
import io.sessionizer.session.Figures;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of figures, a row for each quarter-hour: key is its number, 8 bytes big-endian. A few rows are kept in memory,
 * so that counting a session costs no decoding; what has changed is stored by {@link #save}, which is to be called before
 * the record or punctuation that changed it ends.
 */
final class Quarters {
    /** Some 4 KB each. */
    private static final int IN_MEMORY = 64;

    private final KeyValueStore<byte[], byte[]> store;
    private final Map<Long, Row> rows = new LinkedHashMap<>(2 * IN_MEMORY, 0.75f, true);
    private final Set<Long> changed = new HashSet<>();
    /** Bounded by the number of quarter-hours that are kept. */
    private final NavigableSet<Long> unwritten = new TreeSet<>();
    /** No row is of an earlier quarter-hour. */
    private long earliest = Long.MAX_VALUE;

    /** A row, to be changed by whoever got it from {@link #change}. */
    static final class Row {
        final Figures figures;
        long activeUsers;

        private Row(Figures figures, long activeUsers) {
            this.figures = figures;
            this.activeUsers = activeUsers;
        }
    }

    Quarters(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = store.range(key(0), key(Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> entry = all.next();
                long quarter = ByteBuffer.wrap(entry.key).getLong();
                earliest = Math.min(earliest, quarter);
                if (FiguresCodec.decode(entry.value).isUnwritten()) {
                    unwritten.add(quarter);
                }
            }
        }
    }

    /** The row, which is about to change. */
    Row change(long quarter) {
        if (changed.size() >= IN_MEMORY) {
            save();
        }
        changed.add(quarter);
        unwritten.add(quarter);
        earliest = Math.min(earliest, quarter);
        return row(quarter);
    }

    /** Stores what has changed since the last call. */
    void save() {
        if (changed.isEmpty()) {
            return;
        }
        for (long quarter : changed) {
            Row row = row(quarter);
            store.put(
                    key(quarter),
                    FiguresCodec.encode(
                            new FiguresCodec.Stored(row.figures, row.activeUsers, unwritten.contains(quarter))));
        }
        changed.clear();
        for (Iterator<Row> eldest = rows.values().iterator(); rows.size() > IN_MEMORY; ) {
            eldest.next();
            eldest.remove();
        }
    }

    boolean hasUnwritten() {
        return !unwritten.isEmpty();
    }

    /** The latest quarter-hour whose row the topic does not have yet. From now on it counts as written. */
    long nextToWrite() {
        long quarter = unwritten.pollLast();
        changed.add(quarter);
        return quarter;
    }

    /** The row as it is, not to be changed. */
    Row row(long quarter) {
        Row known = rows.get(quarter);
        if (known != null) {
            return known;
        }
        byte[] bytes = store.get(key(quarter));
        Row read = new Row(new Figures(), 0);
        if (bytes != null) {
            FiguresCodec.Stored stored = FiguresCodec.decode(bytes);
            read = new Row(stored.figures(), stored.activeUsers());
        }
        rows.put(quarter, read);
        return read;
    }

    /** Removes the rows of all quarter-hours before this one, and tells which they were. */
    void removeBefore(long quarter, LongConsumer removed) {
        if (earliest >= quarter) {
            return;
        }
        save();
        try (KeyValueIterator<byte[], byte[]> old = store.range(key(earliest), key(quarter - 1))) {
            while (old.hasNext()) {
                byte[] key = old.next().key;
                store.put(key, null);
                removed.accept(ByteBuffer.wrap(key).getLong());
            }
        }
        rows.keySet().removeIf(each -> each < quarter);
        unwritten.headSet(quarter).clear();
        earliest = quarter;
    }

    private static byte[] key(long quarter) {
        return ByteBuffer.allocate(Long.BYTES).putLong(quarter).array();
    }
}
