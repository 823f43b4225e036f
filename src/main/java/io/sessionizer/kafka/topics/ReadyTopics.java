package io.sessionizer.kafka.topics;

import java.util.UUID;

/**
 * The topics once all of them exist and fit.
 *
 * @param input the input topic
 * @param boardId the id that the brokers gave the board topic
 * @param limits what the output topics accept
 */
public record ReadyTopics(InputTopic input, UUID boardId, CurrentLimits limits) {
    public ReadyTopics(InputTopic input, UUID boardId, OutputLimits limits) {
        this(input, boardId, new CurrentLimits(limits));
    }

    /** How many partitions the input has. */
    public int partitions() {
        return input.partitions();
    }
}
