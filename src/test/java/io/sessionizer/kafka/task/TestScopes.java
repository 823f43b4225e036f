package io.sessionizer.kafka.task;

import io.sessionizer.kafka.input.InputReads;
import io.sessionizer.kafka.input.StartPositions;
import io.sessionizer.kafka.topics.InputTopic;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.kafka.topics.ReadyTopics;
import java.util.Optional;
import java.util.UUID;

/** What the tasks of an instance share, for tests. */
public final class TestScopes {
    private TestScopes() {}

    /** Topics whose input has so many partitions. */
    public static ReadyTopics topics(int partitions, OutputLimits limits) {
        return new ReadyTopics(new InputTopic("events", new UUID(1, 2), partitions), new UUID(3, 4), limits);
    }

    /** Without a consumer, so that positions are those of the state. */
    public static InputScope input(InstanceScope scope, InputReads reads) {
        return new InputScope(
                reads,
                new DeadLetterLog(),
                new StartPositions(scope.settings(), scope.topics().input(), Optional::empty, () -> {}));
    }
}
