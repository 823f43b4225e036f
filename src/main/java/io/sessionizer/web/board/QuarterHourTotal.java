package io.sessionizer.web.board;

import io.sessionizer.record.QuarterHourCodec;
import io.sessionizer.record.QuarterHourCodec.StoredRow;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.util.HashMap;
import java.util.Map;

/** Totals of a quarter-hour over all partitions. Mutable; not thread-safe. */
final class QuarterHourTotal {
    private final QuarterHourStats total = new QuarterHourStats();
    /**
     * By partition: what to subtract when the partition publishes another row. Encoded, since most counts of a row are 0 and
     * most of the others fit a byte: a row of a hundred sessions takes about 150 bytes.
     */
    private final Map<Integer, byte[]> rows = new HashMap<>();

    /** Replaces the partition's previous row. */
    void replace(StatsRow.QuarterHourRow row) {
        subtract(rows.put(row.partition(), QuarterHourCodec.encode(new StoredRow(row.stats(), true))));
        total.add(row.stats());
    }

    void remove(int partition) {
        subtract(rows.remove(partition));
    }

    private void subtract(byte[] former) {
        if (former != null) {
            total.subtract(QuarterHourCodec.decode(former).stats());
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Not to be changed. */
    SessionStats stats() {
        return total.sessions();
    }

    /** Increase of active users in the quarter-hour; negative for a decrease. */
    long growth() {
        return total.growth();
    }
}
