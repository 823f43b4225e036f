package io.sessionizer.kafka.client;

/**
 * The range of a partition's log.
 *
 * @param start its first offset
 * @param end the offset after the last that a consumer may read
 */
public record LogRange(long start, long end) {}
