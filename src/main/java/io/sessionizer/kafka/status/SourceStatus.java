package io.sessionizer.kafka.status;

import java.util.List;
import java.util.OptionalInt;

/**
 * How the input partitions affect the clock of a partition of the repartition topic.
 *
 * @param partition its number
 * @param leftOut the input partitions that are stalled, whose clocks do not count
 * @param slowest the input partition that holds back the others by more than the inactivity gap, if one does
 * @param heldBackMs how far its clock is behind the fastest one, in ms
 */
public record SourceStatus(int partition, List<Integer> leftOut, OptionalInt slowest, long heldBackMs) {}
