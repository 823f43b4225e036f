package io.sessionizer.kafka.status;

import io.sessionizer.stats.OpenCounts;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Status of a partition of this instance at its last tick, at most a second ago unless its thread is delayed.
 *
 * @param partition number of the input's partition
 * @param open what is open; empty while it is being counted
 * @param clock the partition's clock, epoch ms, or -1 if it has none yet
 * @param oldestOverdue the earliest deadline that the clock has passed and that has not been processed, epoch ms, if any
 */
public record PartitionStatus(int partition, Optional<OpenCounts> open, long clock, OptionalLong oldestOverdue) {}
