package io.sessionizer.codec;

import io.sessionizer.session.Figures;

/** A row of the board topic: what one partition of the input has to tell. Its rows over all partitions add up. */
public sealed interface BoardRow {
    /** The partition of the input. */
    int partition();

    /**
     * The concluded sessions whose last activity lies in one quarter-hour; and, by the partition's clock, the users that
     * became active and inactive in it. The users that were active when it began are those of {@link Now}, minus those
     * that became active in it or since, plus those that became inactive in it or since. That is exact once all that is
     * due has concluded.
     *
     * @param quarter number of the quarter-hour, {@link io.sessionizer.session.Quarter}
     * @param becameActive users that had no open session before, and have one now
     * @param becameInactive users whose last open session was due, however late it concluded, or who were erased
     */
    record Counted(int partition, long quarter, Figures figures, long becameActive, long becameInactive)
            implements BoardRow {}

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
