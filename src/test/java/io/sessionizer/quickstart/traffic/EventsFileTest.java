package io.sessionizer.quickstart.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsFileTest {
    @TempDir
    private Path directory;

    private List<String> read(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("events.jsonl"), content);
        List<String> lines = new ArrayList<>();
        try (EventsFile events = EventsFile.open(file)) {
            events.forEachRemaining(sample -> lines.add(new String(sample.value(), StandardCharsets.UTF_8)));
        }
        return lines;
    }

    @Test
    void readsALineARecord_whateverItEndsWith() throws IOException {
        assertEquals(List.of("{\"ä\":1}", "{}", "[]"), read("{\"ä\":1}\r\n\n{}\n\n[]"));
        assertEquals(List.of(), read(""));
    }

    @Test
    void skipsAndCountsLinesThatNoBrokerAccepts() throws IOException {
        Path file = Files.writeString(directory.resolve("long.jsonl"), "{}\n" + "x".repeat(1 << 21) + "\n[]\n");
        try (EventsFile events = EventsFile.open(file)) {
            assertEquals("{}", new String(events.next().value(), StandardCharsets.UTF_8));
            assertEquals("[]", new String(events.next().value(), StandardCharsets.UTF_8));
            assertEquals(1, events.tooLong());
        }
    }

    @Test
    void namesTheFile_whenItCannotBeRead() {
        Path missing = directory.resolve("missing.jsonl");
        String message = assertThrows(
                        IOException.class, () -> EventsFile.open(missing).close())
                .getMessage();
        assertEquals("--events: must be a file that exists. Found: " + missing, message);
        assertTrue(
                assertThrows(IOException.class, () -> EventsFile.open(directory).close())
                        .getMessage()
                        .endsWith("a directory"));
    }
}
