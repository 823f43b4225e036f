package io.sessionizer.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.quickstart.QuickstartOptions.OwnEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuickstartOptionsTest {
    private static String errorOf(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> QuickstartOptions.parse(List.of(arguments)))
                .getMessage();
    }

    @Test
    void listensOnKafkasDefaultPort_byDefault() {
        assertEquals(
                new QuickstartOptions(9092, 8080, Optional.empty(), Optional.empty(), false),
                QuickstartOptions.parse(List.of()));
    }

    @Test
    void takesEachOption() {
        QuickstartOptions options = QuickstartOptions.parse(List.of(
                "--port",
                "19092",
                "--http-port",
                "18080",
                "--events",
                "my.jsonl",
                "--format",
                "posthog",
                "--bootstrap-servers",
                "kafka:9092",
                "--help"));
        assertEquals(
                new QuickstartOptions(
                        19092,
                        18080,
                        Optional.of(new OwnEvents(Path.of("my.jsonl"), FormatPreset.POSTHOG)),
                        Optional.of("kafka:9092"),
                        true),
                options);
    }

    @Test
    void itsEventsAreCleverTaps_unlessAFormatIsNamed() {
        assertEquals(
                Optional.of(new OwnEvents(Path.of("my.jsonl"), FormatPreset.CLEVERTAP)),
                QuickstartOptions.parse(List.of("--events", "my.jsonl")).events());
        String allowed =
                "--format: must be a format whose events are in values: clevertap, segment, rudderstack, jitsu,"
                        + " amplitude, mixpanel, posthog, snowplow-json, cloudevents. Found: ";
        assertEquals(allowed + "ga4", errorOf("--events", "my.jsonl", "--format", "ga4"));
        assertEquals(allowed + "cloudevents-binary", errorOf("--events", "a", "--format", "cloudevents-binary"));
        assertEquals(
                "--format: must be used with --events FILE. Found: --format alone", errorOf("--format", "segment"));
    }

    @Test
    void rejectsUnknownOptions_andNamesThem() {
        assertTrue(errorOf("--ports", "1").endsWith("Found: --ports"));
        assertTrue(errorOf("--port", "65536").endsWith("Found: 65536"));
        assertEquals("--http-port: must be 0 to 65535. Found: -1", errorOf("--http-port", "-1"));
        assertTrue(errorOf("--port", "x").endsWith("Found: x"));
        assertEquals("--events: must have a value. Found: none", errorOf("--events"));
    }
}
