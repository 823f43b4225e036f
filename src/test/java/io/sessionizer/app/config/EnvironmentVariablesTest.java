package io.sessionizer.app.config;

import static io.sessionizer.app.config.SampleConfiguration.NO_ENVIRONMENT;
import static io.sessionizer.app.config.SampleConfiguration.REQUIRED_KEYS;
import static io.sessionizer.app.config.SampleConfiguration.everyKey;
import static io.sessionizer.app.config.SampleConfiguration.settings;
import static io.sessionizer.app.config.SampleConfiguration.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.config.SessionizerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentVariablesTest {
    @Test
    void takesEveryKeyFromTheEnvironment() {
        Map<String, String> environment = new HashMap<>();
        everyKey().forEach((key, value) -> environment.put(EnvironmentVariables.variable(key), value));

        assertEquals(settings(everyKey(), NO_ENVIRONMENT), settings(Map.of(), environment));
    }

    @Test
    void letsTheEnvironmentBeatTheFile() {
        Map<String, String> file = with("session.retention.ms", "1", "producer.linger.ms", "1");
        Map<String, String> environment =
                Map.of("SESSIONIZER_SESSION_RETENTION_MS", "2", "SESSIONIZER_PRODUCER_LINGER_MS", "3");

        SessionizerSettings settings = settings(file, environment);

        assertEquals(2, settings.rules().retentionMs());
        assertEquals("3", settings.runtime().kafka().get("producer.linger.ms"));
    }

    @Test
    void leavesTheRestOfTheEnvironmentAlone() {
        Map<String, String> environment = Map.of(
                "PATH", "/bin",
                "SESSIONIZER_SERVICE_HOST", "10.0.0.1",
                "SESSIONIZER_SERVICE_PORT", "80",
                "SESSIONIZER_PORT", "tcp://10.0.0.1:80",
                "SESSIONIZER_PORT_80_TCP_ADDR", "10.0.0.1");

        assertEquals(settings(REQUIRED_KEYS, NO_ENVIRONMENT), settings(REQUIRED_KEYS, environment));
    }

    @Test
    void spellsNoTwoKeysAlikeInTheEnvironment() {
        long keys = KafkaConfigKey.known().size()
                + List.of(ConfigKey.values()).stream()
                        .filter(key -> !key.isKafkaKey())
                        .count();

        assertEquals(keys, EnvironmentVariables.known().size());
    }
}
