package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.config.AsyncApi;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description of the topics contains the default topics of the settings, the sessions table, and no others. */
class TopicDefaultsTest {
    @Test
    void areTheDefaultsOfTheSettings() {
        assertEquals(
                Arrays.stream(ConfigKey.values())
                        .filter(key -> key.key().endsWith(".topic"))
                        .map(key -> key == ConfigKey.SESSIONS_TOPIC
                                ? "sessions"
                                : key.defaultValue().orElseThrow())
                        .collect(Collectors.toCollection(TreeSet::new)),
                AsyncApi.read().topics());
    }
}
