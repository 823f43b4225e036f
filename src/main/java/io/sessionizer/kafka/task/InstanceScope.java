package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.topics.ReadyTopics;
import java.time.Duration;

/**
 * Shared by all tasks of an instance.
 *
 * @param settings settings of the service
 * @param topics partitions of the input, which may all be assigned to one thread, and limits of the output topics
 * @param now the time now, and the tracking switch
 * @param counters counters for metrics
 * @param cacheBudget memory for cached timelines
 */
public record InstanceScope(
        SessionizerSettings settings, ReadyTopics topics, Now now, Counters counters, CacheBudget cacheBudget) {
    /** How often each task does what is not urgent, and reports its status. */
    static final Duration TICK = Duration.ofSeconds(1);
}
