package io.sessionizer.stats;

/** A row of the board topic, written by one partition of the input. The rows of all partitions add up. */
public sealed interface StatsRow {
    /** The partition of the input. */
    int partition();

    /**
     * The concluded sessions whose last activity lies in one quarter-hour, and the users that became active and
     * inactive in it by the partition's clock. The number of users active at its start is that of {@link LiveRow}, minus
     * those that became active in it or later, plus those that became inactive in it or later. This is exact once
     * everything that is due has concluded.
     *
     * @param quarterHour number of the quarter-hour, {@link io.sessionizer.session.QuarterHour}
     * @param becameActive users that had no open session before, and have one now
     * @param becameInactive users whose last open session became due, no matter when it concluded, or who were erased
     */
    record QuarterHourRow(int partition, long quarterHour, SessionStats stats, long becameActive, long becameInactive)
            implements StatsRow {}

    /** The quarter-hour is past its retention. */
    record ExpiredRow(int partition, long quarterHour) implements StatsRow {}

    /**
     * The current counts.
     *
     * @param activeUsers users with an open session
     * @param openSessions sessions that have not concluded, or are open again
     */
    record LiveRow(int partition, long activeUsers, long openSessions) implements StatsRow {}
}
