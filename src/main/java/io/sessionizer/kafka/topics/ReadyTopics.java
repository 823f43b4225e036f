package io.sessionizer.kafka.topics;

/**
 * The topics once all of them exist and fit.
 *
 * @param partitions of the input
 * @param limits what the output topics accept
 */
public record ReadyTopics(int partitions, OutputLimits limits) {}
