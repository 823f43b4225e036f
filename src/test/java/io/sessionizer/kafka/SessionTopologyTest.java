package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.config.SessionizerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTopologyTest {
    /** An upgrade that changed a name here would orphan yesterday's state. */
    @ParameterizedTest
    @EnumSource(SessionizerSettings.UserFrom.class)
    void keepsTheNamesOfStoresTopicsAndNodes(SessionizerSettings.UserFrom userFrom) throws IOException {
        SessionizerSettings settings = TestSettings.of(userFrom, SessionizerSettings.Uncounted.DROP, Map.of());
        Path golden = Path.of("src/test/resources/topology-" + userFrom.name().toLowerCase() + ".txt");
        assertEquals(
                Files.readString(golden, StandardCharsets.UTF_8).strip(),
                StreamDriver.topology(settings, 4).describe().toString().strip());
    }
}
