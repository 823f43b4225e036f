package io.sessionizer.stats;

import io.sessionizer.event.UncountedReason;
import java.util.Optional;

/** A row of the board topic: the statistics of one partition of the input. The rows of all partitions add up. */
public sealed interface StatsRow {
    /** The partition of the input. */
    int partition();

    /**
     * Whether the service can have written it; rows written by others must not be counted.
     *
     * @param partitions how many the input has
     * @param latest the latest possible event time, epoch ms
     */
    default boolean isPossible(int partitions, long latest) {
        long quarterHour = this instanceof QuarterHourRow row
                ? row.quarterHour()
                : this instanceof ExpiredRow expired ? expired.quarterHour() : 0;
        return partition() < partitions && quarterHour <= QuarterHour.of(latest);
    }

    /**
     * The concluded sessions whose last activity lies in one quarter-hour; and, by the partition's clock, the users who
     * became active and inactive in it. The users who were active when it began are those of {@link LiveRow}, minus those
     * who became active in it or since, plus those who became inactive in it or since. That is exact once all due
     * sessions have concluded. A user becomes active with the first open session, and inactive when the last one was
     * due, however late it concluded, or when the user is erased.
     *
     * @param quarterHour number of the quarter-hour, {@link QuarterHour}
     */
    record QuarterHourRow(int partition, long quarterHour, QuarterHourStats stats) implements StatsRow {}

    /** The quarter-hour is past its retention. */
    record ExpiredRow(int partition, long quarterHour) implements StatsRow {}

    /**
     * The present state of a partition.
     *
     * @param open the open sessions and active users of the partition
     * @param nearlyAllUncounted while nearly all events of the instance that has the partition do not count, the most frequent
     *     reason
     */
    record LiveRow(int partition, OpenCounts open, Optional<UncountedReason> nearlyAllUncounted) implements StatsRow {}
}
