package io.sessionizer.web.board;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.stats.StatsRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sums over the rows of the board topic. A row replaces the previous one of the same partition and quarter-hour, so
 * rows may be repeated and arrive in any order of partitions. Thread-safe.
 */
public final class BoardTotals {
    /** More than a board shows; only the latest are kept, so that rows written by others can't fill the heap. */
    private static final int MAX_QUARTER_HOURS = (BoardSummary.DAYS + 10) * 96;

    private final long gapMs;
    private final NavigableMap<Long, QuarterHourTotal> quarterHours = new TreeMap<>();
    private final NavigableMap<Integer, StatsRow.LiveRow> live = new TreeMap<>();
    private long version;

    /** @param gapMs the inactivity gap, in ms */
    public BoardTotals(long gapMs) {
        this.gapMs = gapMs;
    }

    /** Adds a row. */
    public synchronized void accept(StatsRow row) {
        if (row instanceof StatsRow.QuarterHourRow quarterHourRow) {
            quarterHours
                    .computeIfAbsent(quarterHourRow.quarterHour(), quarterHour -> new QuarterHourTotal())
                    .replace(quarterHourRow);
            if (quarterHours.size() > MAX_QUARTER_HOURS) {
                quarterHours.pollFirstEntry();
            }
        } else if (row instanceof StatsRow.ExpiredRow expiredRow) {
            remove(expiredRow);
        } else if (row instanceof StatsRow.LiveRow now) {
            live.put(now.partition(), now);
        }
        version++;
    }

    private void remove(StatsRow.ExpiredRow expiredRow) {
        QuarterHourTotal total = quarterHours.get(expiredRow.quarterHour());
        if (total != null) {
            total.remove(expiredRow.partition());
            if (total.isEmpty()) {
                quarterHours.remove(expiredRow.quarterHour());
            }
        }
    }

    /** Changes with every row. */
    synchronized long version() {
        return version;
    }

    /**
     * The most frequent reason, while nearly all events of an instance do not count; if several instances report one,
     * that of the first partition.
     */
    synchronized Optional<UncountedReason> nearlyAllUncounted() {
        return live.values().stream()
                .flatMap(row -> row.nearlyAllUncounted().stream())
                .findFirst();
    }

    synchronized BoardSummary summary(ZoneId zone, Instant now) {
        long users = live.values().stream()
                .mapToLong(row -> row.open().activeUsers())
                .sum();
        return BoardSummary.of(Collections.unmodifiableNavigableMap(quarterHours), users, gapMs, now.atZone(zone));
    }
}
