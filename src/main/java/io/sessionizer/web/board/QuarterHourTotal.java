package io.sessionizer.web.board;

import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.util.HashMap;
import java.util.Map;

/** Totals of a quarter-hour over all partitions. Mutable; not thread-safe. */
final class QuarterHourTotal {
    private final SessionStats stats = new SessionStats();
    private long growth;
    /** By partition: the row to subtract when the partition publishes a new one. */
    private final Map<Integer, PackedRow> rows = new HashMap<>();

    /** Replaces the partition's previous row. */
    void replace(StatsRow.QuarterHourRow published) {
        PackedRow row = PackedRow.of(published);
        subtract(rows.put(published.partition(), row));
        stats.add(published.stats().sessions());
        growth += row.growth();
    }

    void remove(int partition) {
        subtract(rows.remove(partition));
    }

    private void subtract(PackedRow former) {
        if (former != null) {
            former.takeFrom(stats);
            growth -= former.growth();
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Not to be changed. */
    SessionStats stats() {
        return stats;
    }

    /** Increase of active users in the quarter-hour; negative for a decrease. */
    long growth() {
        return growth;
    }
}
