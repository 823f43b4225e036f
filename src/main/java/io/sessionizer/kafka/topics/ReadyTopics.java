package io.sessionizer.kafka.topics;

import java.util.UUID;

/**
 * The topics once all of them exist and are suitable.
 *
 * @param input the input topic
 * @param boardId the id of the board topic
 * @param limits what the output topics accept
 */
public record ReadyTopics(InputTopic input, UUID boardId, CurrentLimits limits) {
    public ReadyTopics(InputTopic input, UUID boardId, OutputLimits limits) {
        this(input, boardId, new CurrentLimits(limits));
    }

    /** The number of partitions of the input. */
    public int partitions() {
        return input.partitions();
    }
}
