package io.sessionizer.kafka.task;

import io.sessionizer.kafka.input.InputReads;
import io.sessionizer.kafka.input.StartPositions;

/**
 * Shared by all tasks of an instance that read a topic.
 *
 * @param reads what tasks know of the logs that they read
 * @param deadLetterLog logs dead letters
 * @param startPositions where reading of the input's partitions resumes
 */
public record InputScope(InputReads reads, DeadLetterLog deadLetterLog, StartPositions startPositions) {}
