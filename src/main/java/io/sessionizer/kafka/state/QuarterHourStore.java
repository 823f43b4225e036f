package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.record.OpenCountsCodec;
import io.sessionizer.record.QuarterHourCodec;
import io.sessionizer.record.QuarterHourCodec.StoredRow;
import io.sessionizer.record.TopicIdCodec;
import io.sessionizer.record.UserCursorCodec;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHourStats;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store of statistics, one row per quarter-hour; the key is its number, 8 bytes big-endian. The open counts are under
 * {@link UserKey#NONE}; the id of the topic with the published rows, and the last user whose timeline is counted, have
 * separate keys. A few rows are cached, so that counting a session needs no decoding; {@link #beforeCommit} stores
 * changes once per commit.
 */
public final class QuarterHourStore implements CommitParticipant {
    /** About 4 KB each. */
    private static final int MAX_CACHED_ROWS = 16;

    /** Sorted before the keys of all rows. */
    private static final byte[] TOPIC_KEY = {0};

    private static final byte[] COUNTED_KEY = {0, 0};

    private static final long LAST = Long.MAX_VALUE;
    private static final long NONE = -1;

    private final KeyValueStore<byte[], byte[]> store;
    private final Map<Long, CachedRow> rows = new LinkedHashMap<>(2 * MAX_CACHED_ROWS, 0.75f, true);
    private final Set<Long> dirty = new HashSet<>();
    /** As far as known; bounded by the number of quarter-hours within the retention. */
    private final NavigableSet<Long> unpublished = new TreeSet<>();
    /** Earliest quarter-hour that may have a row. */
    private long earliest;
    /** Whether the stored rows up to this quarter-hour are published is not known yet. */
    private long uncheckedTo = LAST;
    /** Stored by the next {@link #beforeCommit}. */
    private Optional<OpenCounts> dirtyOpenCounts = Optional.empty();
    /** Stored by the next {@link #beforeCommit}, which removes it if it is empty. */
    private Optional<byte[]> countedTo;

    private boolean isCountedToDirty;
    /** The topic to which all rows are being published again, if any. */
    private Optional<UUID> republishedTo = Optional.empty();
    /** Stored by the next {@link #beforeCommit}. */
    private Optional<UUID> dirtyTopic = Optional.empty();

    private static final class CachedRow {
        private final QuarterHourStats stats;
        /** Whether it is not yet stored and not yet published. */
        private boolean isDirty;

        private CachedRow(QuarterHourStats stats) {
            this.stats = stats;
        }
    }

    public QuarterHourStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        try (KeyValueIterator<byte[], byte[]> all = store.range(key(0), key(LAST))) {
            earliest = all.hasNext() ? quarterHour(all.peekNextKey()) : LAST;
        }
        countedTo = Optional.ofNullable(store.get(COUNTED_KEY)).map(UserCursorCodec::decode);
    }

    /**
     * From now on, rows are published to the topic with this id. If they were published to another one, which was
     * deleted since, all are published again; the id is stored when they are, so that publishing starts over after a
     * crash. State of older versions has no id, and counts as published to this topic.
     */
    public void publishTo(UUID topic) {
        Optional<UUID> stored = Optional.ofNullable(store.get(TOPIC_KEY)).map(TopicIdCodec::decode);
        if (stored.isEmpty()) {
            dirtyTopic = Optional.of(topic);
        } else if (!stored.get().equals(topic)) {
            republishedTo = Optional.of(topic);
        }
    }

    /**
     * Checks the next stored rows, backwards from the latest, for those that are not published: at most this many,
     * since reading all of them at the start would delay the thread's other tasks.
     */
    public void checkStored(int rows) {
        if (isChecked()) {
            completeIfAllPublished();
            return;
        }
        try (KeyValueIterator<byte[], byte[]> unchecked = store.reverseRange(key(earliest), key(uncheckedTo))) {
            for (int i = 0; i < rows && unchecked.hasNext(); i++) {
                KeyValue<byte[], byte[]> entry = unchecked.next();
                long quarterHour = quarterHour(entry.key);
                uncheckedTo = quarterHour - 1;
                // what has changed since the start is known, and may not be stored
                if (!dirty.contains(quarterHour) && !isPublished(entry.value)) {
                    unpublished.add(quarterHour);
                }
            }
            if (!unchecked.hasNext()) {
                uncheckedTo = NONE;
            }
        }
    }

    private boolean isPublished(byte[] row) {
        return republishedTo.isEmpty() && QuarterHourCodec.isPublished(row);
    }

    private boolean isChecked() {
        return uncheckedTo < earliest;
    }

    private void completeIfAllPublished() {
        if (republishedTo.isPresent() && unpublished.isEmpty() && isChecked()) {
            dirtyTopic = republishedTo;
            republishedTo = Optional.empty();
        }
    }

    /** The counts of the latest {@link #setOpenCounts}; empty if none are stored yet. */
    public Optional<OpenCounts> openCounts() {
        return dirtyOpenCounts.or(
                () -> Optional.ofNullable(store.get(UserKey.NONE)).map(OpenCountsCodec::decode));
    }

    public void setOpenCounts(OpenCounts open) {
        dirtyOpenCounts = Optional.of(open);
    }

    /** While the timelines of an older version are being counted, the user up to whom they are. */
    public Optional<byte[]> countedTo() {
        return countedTo;
    }

    /** @param user empty once all timelines are counted */
    public void setCountedTo(Optional<byte[]> user) {
        isCountedToDirty |= user.isPresent() || countedTo.isPresent();
        countedTo = user;
    }

    /** Returns the row for modification. */
    public QuarterHourStats rowForUpdate(long quarterHour) {
        CachedRow row = cachedRow(quarterHour);
        if (row.isDirty) {
            return row.stats;
        }
        if (dirty.size() >= MAX_CACHED_ROWS) {
            flushRows();
            return rowForUpdate(quarterHour);
        }
        row.isDirty = true;
        dirty.add(quarterHour);
        unpublished.add(quarterHour);
        earliest = Math.min(earliest, quarterHour);
        return row.stats;
    }

    @Override
    public void beforeCommit() {
        flushRows();
        dirtyOpenCounts.ifPresent(open -> store.put(UserKey.NONE, OpenCountsCodec.encode(open)));
        dirtyOpenCounts = Optional.empty();
        dirtyTopic.ifPresent(topic -> store.put(TOPIC_KEY, TopicIdCodec.encode(topic)));
        dirtyTopic = Optional.empty();
        if (isCountedToDirty) {
            store.put(COUNTED_KEY, countedTo.map(UserCursorCodec::encode).orElse(null));
            isCountedToDirty = false;
        }
    }

    @Override
    public boolean hasUnsaved() {
        return !dirty.isEmpty() || dirtyOpenCounts.isPresent() || dirtyTopic.isPresent() || isCountedToDirty;
    }

    private void flushRows() {
        if (dirty.isEmpty()) {
            return;
        }
        for (long quarterHour : dirty) {
            CachedRow row = cachedRow(quarterHour);
            row.isDirty = false;
            StoredRow stored = new StoredRow(row.stats, !unpublished.contains(quarterHour));
            store.put(key(quarterHour), QuarterHourCodec.encode(stored));
        }
        dirty.clear();
        for (Iterator<CachedRow> eldest = rows.values().iterator(); rows.size() > MAX_CACHED_ROWS; ) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Whether a row is known not to be published. */
    public boolean hasUnpublished() {
        return !unpublished.isEmpty();
    }

    /** Removes and returns the latest quarter-hour whose row is not published yet. */
    public long pollUnpublished() {
        long quarterHour = unpublished.pollLast();
        cachedRow(quarterHour).isDirty = false;
        dirty.add(quarterHour);
        completeIfAllPublished();
        return quarterHour;
    }

    /** Returns the row for reading; must not be modified. */
    public QuarterHourStats row(long quarterHour) {
        return cachedRow(quarterHour).stats;
    }

    private CachedRow cachedRow(long quarterHour) {
        CachedRow cached = rows.get(quarterHour);
        if (cached != null) {
            return cached;
        }
        byte[] bytes = store.get(key(quarterHour));
        CachedRow read = new CachedRow(
                bytes == null
                        ? new QuarterHourStats()
                        : QuarterHourCodec.decode(bytes).stats());
        rows.put(quarterHour, read);
        return read;
    }

    /** Removes the rows of all quarter-hours before this one, and passes each to {@code removed}. */
    public void removeBefore(long quarterHour, LongConsumer removed) {
        if (earliest >= quarterHour) {
            return;
        }
        flushRows();
        // deletes only after the iterator is closed
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> old = store.range(key(earliest), key(quarterHour - 1))) {
            old.forEachRemaining(entry -> keys.add(entry.key));
        }
        for (byte[] key : keys) {
            store.put(key, null);
            removed.accept(quarterHour(key));
        }
        rows.keySet().removeIf(each -> each < quarterHour);
        unpublished.headSet(quarterHour).clear();
        earliest = quarterHour;
    }

    private static long quarterHour(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    private static byte[] key(long quarterHour) {
        return ByteBuffer.allocate(Long.BYTES).putLong(quarterHour).array();
    }
}
