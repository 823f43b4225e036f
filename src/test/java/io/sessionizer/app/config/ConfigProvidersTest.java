package io.sessionizer.app.config;

import static io.sessionizer.app.config.SampleConfiguration.NO_ENVIRONMENT;
import static io.sessionizer.app.config.SampleConfiguration.valid;
import static io.sessionizer.app.config.SampleConfiguration.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.Configuration.Invalid;
import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.web.Backend.EffectiveSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's config providers, for keys of the service and of Kafka alike. */
class ConfigProvidersTest {
    private static final String TOKEN = "a-token-of-some-length";

    @TempDir
    Path directory;

    private Path secrets() throws IOException {
        return Files.writeString(directory.resolve("secrets.properties"), "token=" + TOKEN + "\nlinger=7\n");
    }

    @Test
    void resolvesReferences_inTheFileAndInTheEnvironment() throws IOException {
        Files.writeString(directory.resolve("password"), "hunter2");
        Map<String, String> file = with(
                "http.token", "${file:" + secrets() + ":token}",
                "producer.linger.ms", "${file:" + secrets() + ":linger}",
                "sasl.jaas.config",
                        "org.example.Login required user=\"${env:LOGIN}\" password=\"${dir:" + directory
                                + ":password}\";");
        Map<String, String> environment =
                Map.of("LOGIN", "jane", "BROKERS", "b.example:9092", "SESSIONIZER_BOOTSTRAP_SERVERS", "${env:BROKERS}");

        Valid loaded = valid(file, environment);

        Map<String, String> kafka = loaded.settings().runtime().kafka();
        assertEquals(Optional.of(TOKEN), loaded.http().access().token());
        assertEquals("b.example:9092", kafka.get("bootstrap.servers"));
        assertEquals("7", kafka.get("producer.linger.ms"));
        assertEquals("org.example.Login required user=\"jane\" password=\"hunter2\";", kafka.get("sasl.jaas.config"));
    }

    /** They are resolved already, and a client would resolve a value again that looks like a reference. */
    @Test
    void passesNoProviderToTheClients() throws IOException {
        Map<String, String> file = with(
                "config.providers",
                "mine",
                "config.providers.mine.class",
                FileConfigProvider.class.getName(),
                "config.providers.mine.param.allowed.paths",
                directory.toString(),
                "http.token",
                "${mine:" + secrets() + ":token}");

        Valid loaded = valid(file, NO_ENVIRONMENT);

        assertEquals(Optional.of(TOKEN), loaded.http().access().token());
        assertTrue(loaded.settings().runtime().kafka().keySet().stream()
                .noneMatch(key -> key.startsWith("config.providers")));
    }

    @Test
    void showsReferences_andNoParametersOfProviders() throws IOException {
        Map<String, String> file = with(
                "events.topic", "${env:TOPIC}",
                "config.providers", "mine",
                "config.providers.mine.class", FileConfigProvider.class.getName(),
                "config.providers.mine.param.apikey", "hunter2",
                "config.providers.mine.param.role.id", "hunter2");

        List<EffectiveSetting> shown =
                valid(file, Map.of("TOPIC", "hidden-topic")).effectiveSettings();

        assertTrue(shown.stream().noneMatch(setting -> setting.value().contains("hunter2")), shown::toString);
        assertTrue(shown.stream().noneMatch(setting -> setting.value().contains("hidden-topic")), shown::toString);
        assertTrue(shown.stream().anyMatch(setting -> setting.value().equals("${env:TOPIC}")), shown::toString);
        assertTrue(
                shown.stream().anyMatch(setting -> setting.value().equals(FileConfigProvider.class.getName())),
                shown::toString);
    }

    @Test
    void validatesWhatAReferenceMeans_andShowsTheReference() {
        Invalid invalid = assertInstanceOf(
                Invalid.class, Configuration.load(with("user.from", "${env:FROM}"), Map.of("FROM", "hunter2")));

        assertEquals(List.of("user.from: must be key or payload. Found: ${env:FROM}"), invalid.problems());
    }
}
