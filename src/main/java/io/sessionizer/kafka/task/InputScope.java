package io.sessionizer.kafka.task;

import io.sessionizer.kafka.input.InputReads;

/**
 * Shared by all tasks of an instance that read a topic.
 *
 * @param reads what tasks know of the logs that they read
 * @param deadLetterLog logs dead letters
 */
public record InputScope(InputReads reads, DeadLetterLog deadLetterLog) {}
