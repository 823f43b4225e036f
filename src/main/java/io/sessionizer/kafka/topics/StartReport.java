package io.sessionizer.kafka.topics;

import io.sessionizer.event.EventValidator.InputLimits;
import java.util.List;

/**
 * The results of the checks of a start on the brokers.
 *
 * @param problems the problems that would prevent the start, one line each
 * @param warnings problems that would not prevent the start, one line each
 * @param missingTopics the names of the topics that the start would create
 * @param limits the limits of input records; Kafka's defaults for topics that were not read
 */
public record StartReport(
        List<String> problems, List<String> warnings, List<String> missingTopics, InputLimits limits) {
    public StartReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        missingTopics = List.copyOf(missingTopics);
    }

    /** This report with these problems. */
    public StartReport with(List<String> found) {
        return new StartReport(found, warnings, missingTopics, limits);
    }
}
