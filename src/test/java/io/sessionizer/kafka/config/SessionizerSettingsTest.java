package io.sessionizer.kafka.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionizerSettingsTest {
    @Test
    void printsNoValueOfKafkasSettings() {
        String text = settings(Map.of("sasl.jaas.config", "secret")).toString();

        assertTrue(text.contains("sasl.jaas.config"), text);
        assertFalse(text.contains("secret"), text);
    }

    @Test
    void addsTheAddressThatOtherInstancesReachItAt() {
        assertEquals(
                "a:1",
                settings(Map.of())
                        .withApplicationServer("a:1")
                        .runtime()
                        .kafka()
                        .get("application.server"));
    }

    @Test
    void keepsTheUsersOwnApplicationServer() {
        SessionizerSettings settings = settings(Map.of("application.server", "b:2"));

        assertEquals(settings, settings.withApplicationServer("a:1"));
    }

    private static SessionizerSettings settings(Map<String, String> kafka) {
        return TestSettings.of(UserFrom.KEY, Uncounted.DROP, kafka);
    }
}
