package io.sessionizer.kafka.task;

import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Shared by all tasks of an instance that read the input topic.
 *
 * @param endOfPartition whether a partition of the input has been read to its end; test on its stream thread
 * @param deadLetterLog logs dead letters
 */
public record InputScope(Predicate<TopicPartition> endOfPartition, DeadLetterLog deadLetterLog) {}
