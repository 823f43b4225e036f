package io.sessionizer.kafka.topics;

import io.sessionizer.event.EventValidator.InputLimits;
import java.util.List;

/**
 * What a start would find on the brokers.
 *
 * @param problems what would prevent the start, a line each
 * @param warnings what the service can do without, a line each
 * @param missingTopics names of the topics that the start would create
 * @param limits of the input; of a topic that was not read, those of Kafka's defaults
 */
public record StartReport(
        List<String> problems, List<String> warnings, List<String> missingTopics, InputLimits limits) {
    public StartReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        missingTopics = List.copyOf(missingTopics);
    }

    /** The same with these problems. */
    public StartReport with(List<String> found) {
        return new StartReport(found, warnings, missingTopics, limits);
    }
}
