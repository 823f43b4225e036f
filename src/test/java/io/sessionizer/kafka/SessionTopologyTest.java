package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    @EnumSource(Settings.UserFrom.class)
    void keepsTheNamesOfStoresTopicsAndNodes(Settings.UserFrom userFrom) throws IOException {
        Settings settings = TestSettings.of(userFrom, Settings.Uncounted.DROP, Map.of());
        Path golden = Path.of("src/test/resources/topology-" + userFrom.name().toLowerCase() + ".txt");
        assertEquals(
                Files.readString(golden, StandardCharsets.UTF_8).strip(),
                StreamDriver.topology(settings, 4).describe().toString().strip());
    }
}
