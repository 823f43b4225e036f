package io.sessionizer.codec;

import io.sessionizer.session.Figures;

/** A row of the board topic: what one partition of the input has to tell. Its rows over all partitions add up. */
public sealed interface BoardRow {
    /** The partition of the input. */
    int partition();

    /**
     * The concluded sessions whose last activity lies in one quarter-hour.
     *
     * @param quarter number of the quarter-hour, {@link io.sessionizer.session.Quarter}
     * @param activeUsers users with an open session when the partition's clock left the quarter-hour; of the one that it
     *     stands in, when the row was written
     */
    record Counted(int partition, long quarter, Figures figures, long activeUsers) implements BoardRow {}

    /** The quarter-hour is no longer kept. */
    record Removed(int partition, long quarter) implements BoardRow {}

    /**
     * What is going on.
     *
     * @param activeUsers users with an open session
     * @param openSessions sessions that have not concluded, or are open again
     */
    record Now(int partition, long activeUsers, long openSessions) implements BoardRow {}
}
