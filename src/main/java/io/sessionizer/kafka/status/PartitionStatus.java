package io.sessionizer.kafka.status;

import java.util.OptionalLong;

/**
 * Status of a partition of this instance at its last tick, at most a second ago unless its thread is delayed.
 *
 * @param partition number of the input's partition
 * @param openSessions sessions that have not concluded, or are open again
 * @param activeUsers users with an open session
 * @param clock the partition's clock, epoch ms, or -1 if it has none yet
 * @param oldestOverdue the earliest deadline that the clock has passed and that has not been processed, epoch ms, if any
 */
public record PartitionStatus(
        int partition, long openSessions, long activeUsers, long clock, OptionalLong oldestOverdue) {}
