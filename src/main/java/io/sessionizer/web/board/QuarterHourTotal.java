package io.sessionizer.web.board;

import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.util.HashMap;
import java.util.Map;

/** What was counted in a quarter-hour over all partitions. Mutable, for one thread. */
final class QuarterHourTotal {
    private final SessionStats stats = new SessionStats();
    private long growth;
    /** By partition: what to take back when the partition tells anew. */
    private final Map<Integer, PackedRow> rows = new HashMap<>();

    /** Puts the row in the place of its partition's former one. */
    void replace(StatsRow.QuarterHourRow published) {
        PackedRow row = PackedRow.of(published);
        subtract(rows.put(published.partition(), row));
        stats.add(published.stats());
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

    /** By how many the active users grew in the quarter-hour; negative where they became fewer. */
    long growth() {
        return growth;
    }
}
