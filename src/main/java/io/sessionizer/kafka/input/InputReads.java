package io.sessionizer.kafka.input;

import io.sessionizer.kafka.client.ReadProgress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * What tasks know about the logs that they read. Call the functions on the task's thread only.
 *
 * @param ends the end offsets of the logs
 * @param begin a task begins to process a partition
 * @param progress how far the thread's consumer has read a partition; empty if that is not known
 */
public record InputReads(
        LogEnds ends, Consumer<TopicPartition> begin, Function<TopicPartition, Optional<ReadProgress>> progress) {}
