package io.sessionizer.board;

import io.sessionizer.codec.BoardRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sums over the rows of the board topic. A row takes the place of the former one of the same partition and
 * quarter-hour, so rows may come again and in any order of partitions. For any thread.
 */
public final class BoardTotals {
    private final NavigableMap<Long, QuarterTotal> quarters = new TreeMap<>();
    private final Map<Integer, Long> activeUsers = new HashMap<>();
    private long version;

    /** Takes a row in. */
    public synchronized void accept(BoardRow row) {
        if (row instanceof BoardRow.Counted counted) {
            quarters.computeIfAbsent(counted.quarter(), quarter -> new QuarterTotal())
                    .replace(counted.partition(), counted.figures(), counted.activeUsers());
        } else if (row instanceof BoardRow.Removed removed) {
            remove(removed);
        } else if (row instanceof BoardRow.Now now) {
            activeUsers.put(now.partition(), now.activeUsers());
        }
        version++;
    }

    private void remove(BoardRow.Removed removed) {
        QuarterTotal total = quarters.get(removed.quarter());
        if (total != null) {
            total.remove(removed.partition());
            if (total.isEmpty()) {
                quarters.remove(removed.quarter());
            }
        }
    }

    /** Another number after every row. */
    synchronized long version() {
        return version;
    }

    synchronized BoardSummary summary(ZoneId zone, Instant now) {
        long users = activeUsers.values().stream().mapToLong(Long::longValue).sum();
        return BoardSummary.of(Collections.unmodifiableNavigableMap(quarters), users, now.atZone(zone));
    }
}
