package io.sessionizer.kafka.status;

/**
 * Status of a partition of the input that this instance reads, at its last tick.
 *
 * @param partition its number
 * @param clock its clock, epoch ms, or -1 if it has none yet
 * @param isStalled whether none of its records was processed and none of its questions passed for long
 */
public record InputStatus(int partition, long clock, boolean isStalled) {}
