package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.config.AsyncApi;
import io.sessionizer.docs.MarkdownPage.CodeBlock;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** The README is short enough to be read, and its examples are what the service reads and writes. */
class ReadmeTest {
    private static final int MAX_LINES = 150;

    private final MarkdownPage readme = MarkdownPage.read("README.md");

    @Test
    void hasAtMost150Lines() {
        assertTrue(
                readme.lines().size() <= MAX_LINES,
                () -> "Found: " + readme.lines().size());
    }

    /** The build script runs the command that the README names. */
    @Test
    void namesTheTestCommandOnALineOfItsOwn() {
        assertTrue(readme.lines().contains("mvn -B verify"));
    }

    @Test
    void showsAnEventAndWhatBecomesOfIt() throws IOException {
        List<byte[]> examples = readme.blocks().stream()
                .filter(block -> block.language().equals("json"))
                .map(CodeBlock::text)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        assertEquals(3, examples.size());
        EventFormat format = FormatPreset.CLEVERTAP.format();
        EventReader reader = new EventReader(format, false);
        JsonNode concluded = new ObjectMapper().readTree(examples.get(2)).get("evtData");
        UUID uuid = UUID.fromString(concluded.get("Session ID").asText());
        SessionId id = new SessionId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());

        assertEquals(Verdict.COUNTS, reader.read(examples.get(0)));
        assertEquals(text(examples.get(1)), text(new Stamper(format).stamp(reader.stampable(), id)));
        assertEquals(
                List.of("sessionConcluded"),
                AsyncApi.read().messagesLike("session-concluded", bytes("user-42"), examples.get(2), headers()));
    }

    private static RecordHeaders headers() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ct-live-segments", bytes("false"));
        return headers;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
