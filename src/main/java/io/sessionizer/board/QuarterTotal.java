package io.sessionizer.board;

import io.sessionizer.session.Figures;
import java.util.HashMap;
import java.util.Map;

/** What was counted in a quarter-hour over all partitions. Mutable, for one thread. */
final class QuarterTotal {
    private final Figures figures = new Figures();
    private long activeUsers;
    /** By partition: what to take back when the partition tells anew. */
    private final Map<Integer, PackedRow> rows = new HashMap<>();

    /** Puts a partition's row in the place of its former one. */
    void replace(int partition, Figures told, long users) {
        takeBack(rows.put(partition, PackedRow.of(told, users)));
        figures.add(told);
        activeUsers += users;
    }

    void remove(int partition) {
        takeBack(rows.remove(partition));
    }

    private void takeBack(PackedRow former) {
        if (former != null) {
            former.takeFrom(figures);
            activeUsers -= former.activeUsers();
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Not to be changed. */
    Figures figures() {
        return figures;
    }

    /** Users with an open session when the partitions' clocks left the quarter-hour. */
    long activeUsers() {
        return activeUsers;
    }
}
