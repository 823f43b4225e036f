package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.util.Map;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CacheBudgetTest {
    /** A task that fails to start is never closed. */
    @ParameterizedTest
    @EnumSource
    void aTaskThatFailsToStart_takesNoShare(UserFrom userFrom) {
        Map<String, String> kafka = Map.of("processing.guarantee", "at_least_once");
        try (StreamDriver stream = new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, kafka), 0)) {
            CacheBudget budget = stream.cacheBudget();
            long whole = budget.share();
            byte[] unknownVersion = {99};
            stream.store(NodeNames.BOARD).put(UserKey.NONE, unknownVersion);
            assertThrows(StreamsException.class, stream::restart);
            // the one that replaces it
            budget.register();
            assertEquals(whole, budget.share());
        }
    }
}
