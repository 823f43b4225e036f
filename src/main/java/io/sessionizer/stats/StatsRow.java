package io.sessionizer.stats;

/** A row of the board topic: what one partition of the input has to tell. Its rows over all partitions add up. */
public sealed interface StatsRow {
    /** The partition of the input. */
    int partition();

    /**
     * The concluded sessions whose last activity lies in one quarter-hour; and, by the partition's clock, the users that
     * became active and inactive in it. The users that were active when it began are those of {@link LiveRow}, minus those
     * that became active in it or since, plus those that became inactive in it or since. That is exact once all that is
     * due has concluded.
     *
     * @param quarterHour number of the quarter-hour, {@link io.sessionizer.stats.QuarterHour}
     * @param becameActive users that had no open session before, and have one now
     * @param becameInactive users whose last open session was due, however late it concluded, or who were erased
     */
    record QuarterHourRow(int partition, long quarterHour, SessionStats stats, long becameActive, long becameInactive)
            implements StatsRow {}

    /** The quarter-hour is no longer kept. */
    record ExpiredRow(int partition, long quarterHour) implements StatsRow {}

    /**
     * What is going on.
     *
     * @param activeUsers users with an open session
     * @param openSessions sessions that have not concluded, or are open again
     */
    record LiveRow(int partition, long activeUsers, long openSessions) implements StatsRow {}
}
