package io.sessionizer.kafka.topics;

/**
 * The topics once all of them exist and fit.
 *
 * @param input the input topic
 * @param limits what the output topics accept
 */
public record ReadyTopics(InputTopic input, OutputLimits limits) {
    /** How many partitions the input has. */
    public int partitions() {
        return input.partitions();
    }
}
