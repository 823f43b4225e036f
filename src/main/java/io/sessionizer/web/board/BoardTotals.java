package io.sessionizer.web.board;

import io.sessionizer.stats.StatsRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
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
    private final Map<Integer, Long> activeUsers = new HashMap<>();
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
            activeUsers.put(now.partition(), now.open().activeUsers());
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

    synchronized BoardSummary summary(ZoneId zone, Instant now) {
        long users = activeUsers.values().stream().mapToLong(Long::longValue).sum();
        return BoardSummary.of(Collections.unmodifiableNavigableMap(quarterHours), users, gapMs, now.atZone(zone));
    }
}
