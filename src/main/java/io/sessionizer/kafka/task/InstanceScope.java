package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.topics.OutputLimits;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Shared by all tasks of an instance.
 *
 * @param settings settings of the service
 * @param limits limits of the output topics
 * @param partitions number of partitions of the input, which may all be assigned to one thread
 * @param endOfPartition whether a source partition has been read to its end; call on its stream thread
 * @param deadLetterLog logs dead letters
 * @param isTracking whether session tracking is active
 * @param counters counters for metrics
 * @param cacheBudget memory for cached timelines
 */
public record InstanceScope(
        SessionizerSettings settings,
        OutputLimits limits,
        int partitions,
        Predicate<TopicPartition> endOfPartition,
        DeadLetterLog deadLetterLog,
        BooleanSupplier isTracking,
        Counters counters,
        CacheBudget cacheBudget) {}
