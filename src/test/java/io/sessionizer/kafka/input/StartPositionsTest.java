package io.sessionizer.kafka.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.kafka.topics.InputTopic;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StartPositionsTest {
    private final StartPositions positions = new StartPositions(
            TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()),
            new InputTopic("events", new UUID(1, 2), 4),
            Optional::empty,
            () -> {});

    @Test
    void aPartitionThatWasAddedIsNotRead() {
        UnrecoverableException stop =
                assertThrows(UnrecoverableException.class, () -> positions.resume(5, Optional.empty()));
        assertEquals(
                "application.id: its state is for 4 partitions, but events has 6",
                stop.getMessage().split(";")[0]);
    }

    @Test
    void aPartitionWithoutStateNeedsNoPosition() {
        assertEquals(Optional.empty(), positions.resume(3, Optional.empty()));
    }
}
