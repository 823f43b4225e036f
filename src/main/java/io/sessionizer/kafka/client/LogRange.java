package io.sessionizer.kafka.client;

/**
 * What a partition's log has.
 *
 * @param start its first offset
 * @param end the offset after the last that a consumer may read
 */
public record LogRange(long start, long end) {}
