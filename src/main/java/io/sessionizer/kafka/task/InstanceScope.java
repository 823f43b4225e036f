package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.control.TrackingState;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.topics.OutputLimits;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * What all tasks of the process share.
 *
 * @param settings what the service is told
 * @param limits what the output topics take
 * @param partitions how many partitions the input has, which one thread may have all to itself
 * @param endOfPartition whether a source partition has nothing left to read, asked on its stream thread
 * @param deadLetterLog tells the operator of dead letters
 * @param tracking whether session tracking is active
 * @param counters numbers for metrics
 * @param cacheBudget memory in which timelines are kept
 */
public record InstanceScope(
        SessionizerSettings settings,
        OutputLimits limits,
        int partitions,
        Predicate<TopicPartition> endOfPartition,
        DeadLetterLog deadLetterLog,
        TrackingState tracking,
        Counters counters,
        CacheBudget cacheBudget) {}
