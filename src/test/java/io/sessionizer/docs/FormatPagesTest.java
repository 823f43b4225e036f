package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.ConfigFile;
import io.sessionizer.app.config.Configuration;
import io.sessionizer.config.AsyncApi;
import io.sessionizer.docs.FormatPage.Variant;
import io.sessionizer.docs.MarkdownPage.CodeBlock;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page of each format shows, byte for byte, the output of the service for the event and configuration on the page;
 * {@code -Dgolden.write=true} writes it.
 */
class FormatPagesTest {
    private static final String BEGIN = "<!-- formats -->\n";
    private static final String END = "<!-- /formats -->";
    private static final int MAX_CONFIGURATION_LINES = 8;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SESSIONIZER_STATE_DIR", "target/format-pages", "SESSIONIZER_BOOTSTRAP_SERVERS", "unused:1");
    private static final Headers LIVE_SEGMENTS =
            new RecordHeaders().add("ct-live-segments", StreamDriver.bytes("false"));

    @TempDir
    private Path folder;

    /** Both outputs of an event. */
    private record Outputs(TestRecord<byte[], byte[]> stamped, TestRecord<byte[], byte[]> concluded) {}

    @ParameterizedTest
    @EnumSource
    void showsWhatComesOut(FormatPreset preset) throws IOException {
        FormatPage page = FormatPage.of(preset);
        assertTrue(page.configuration().size() <= MAX_CONFIGURATION_LINES);
        Outputs outputs = outputs(page.event(), page.configuration());
        check(page, page.stamped(), outputs.stamped(), page.event().headers());
        check(page, page.concluded(), outputs.concluded(), LIVE_SEGMENTS);
        requireSchema(preset, "enriched-event", outputs.stamped());
        requireSchema(preset, "session-concluded", outputs.concluded());
        assertFalse(page.variants().isEmpty(), "The page must show how to keep the id of the pipeline's own SDK");
        for (Variant variant : page.variants()) {
            List<String> configuration = new ArrayList<>(page.configuration());
            configuration.addAll(variant.configuration());
            check(
                    page,
                    variant.stamped(),
                    outputs(page.event(), configuration).stamped(),
                    page.event().headers());
        }
    }

    @Test
    void theListNamesEachFormatAndWhereItsIdIs() {
        List<List<String>> expected = Arrays.stream(FormatPreset.values())
                .map(preset -> List.of("`" + preset.value() + "`", FormatTable.sessionId(preset)))
                .toList();
        assertEquals(
                expected,
                MarkdownPage.read("docs/formats/README.md").table("# Formats").stream()
                        .map(row -> List.of(row.get(0), row.get(2)))
                        .toList());
    }

    @Test
    void theListsConfigurationsAreValid() throws IOException {
        List<CodeBlock> blocks = MarkdownPage.read("docs/formats/README.md").blocks();
        assertEquals(2, blocks.size());
        for (CodeBlock block : blocks) {
            settings(block.lines());
        }
    }

    @Test
    void theSpecificationHasTheTableThatTheCodeGenerates() throws IOException {
        Path page = Path.of("docs/specification.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(page, text.substring(0, begin) + FormatTable.markdown() + text.substring(end));
            return;
        }
        assertEquals(FormatTable.markdown(), text.substring(begin, end));
    }

    private Outputs outputs(DocumentedRecord event, List<String> configuration) throws IOException {
        SessionizerSettings settings = settings(configuration);
        EventReader reader = new EventReader(settings.input().format(), true);
        byte[] key = event.key().map(StreamDriver::bytes).orElse(null);
        assertEquals(Verdict.COUNTS, reader.read(event.bytes(), Optional.ofNullable(key), event.lookup()));
        try (StreamDriver stream = new StreamDriver(settings, reader.time())) {
            stream.pipe(
                    key == null ? reader.user() : key,
                    event.bytes(),
                    reader.time(),
                    new RecordHeaders(event.headers()));
            stream.pollUntil(reader.time() + settings.rules().gapMs() + TestSettings.MINUTE);
            return new Outputs(stream.enriched().get(0), stream.concluded().get(0));
        }
    }

    private SessionizerSettings settings(List<String> configuration) throws IOException {
        Path file = Files.write(folder.resolve("sessionizer.properties"), configuration);
        return assertInstanceOf(Configuration.Valid.class, Configuration.load(ConfigFile.read(file), ENVIRONMENT))
                .settings();
    }

    /** The schemas of the default format are in the folder itself; there is none if the id is not in the value. */
    private static void requireSchema(FormatPreset preset, String name, TestRecord<byte[], byte[]> record) {
        Path folder = Path.of("config/schemas");
        Path file =
                (preset == FormatPreset.CLEVERTAP ? folder : folder.resolve(preset.value())).resolve(name + ".json");
        boolean isInHeaderOnly =
                preset.defaultOf("event.session.field").orElseThrow().isEmpty();
        if (name.equals("session-concluded") || !isInHeaderOnly) {
            assertEquals(List.of(), AsyncApi.errors(file, record.value()));
        }
    }

    /** @param implied the headers if the page does not show any */
    private static void check(FormatPage page, CodeBlock shown, TestRecord<byte[], byte[]> record, Headers implied)
            throws IOException {
        DocumentedRecord written = new DocumentedRecord(
                Optional.of(StreamDriver.text(record.key())), record.headers(), StreamDriver.text(record.value()));
        String text = written.text(shown.language());
        if (Boolean.getBoolean("golden.write")) {
            Path path = page.page().path();
            Files.writeString(
                    path, Files.readString(path).replace("\n" + shown.text() + "\n```", "\n" + text + "\n```"));
            return;
        }
        assertEquals(text, shown.text());
        if (shown.language().equals("json")) {
            assertEquals(implied, record.headers());
        }
    }
}
