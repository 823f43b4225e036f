package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.kafka.StreamDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The example for consumers is compiled, and understands what the service publishes. */
class ConsumersPageTest {
    @Test
    void showsTheExampleAsItIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/sessionizer/docs/ConcludedSessions.java"));
        String shown = MarkdownPage.read("docs/consumers.md").blocks().stream()
                .filter(block -> block.language().equals("java"))
                .map(MarkdownPage.CodeBlock::text)
                .findFirst()
                .orElseThrow();

        assertEquals(source.substring(source.indexOf("/**")).strip(), shown);
    }

    @Test
    void theExampleCountsEachSecondOnce_whateverIsAmendedAndMerged() throws IOException {
        try (StreamDriver stream = CorrectedSessions.play()) {
            ConcludedSessions sessions = new ConcludedSessions();
            List<ConsumerRecord<String, String>> records = records(stream.concluded());
            assertEquals(6, records.size());
            for (ConsumerRecord<String, String> record : records) {
                sessions.accept(record);
            }

            int seconds = CorrectedSessions.AMENDED_SECONDS + CorrectedSessions.MERGED_SECONDS;
            assertEquals(seconds, sessions.totalSeconds());

            for (ConsumerRecord<String, String> record : records) {
                sessions.accept(record);
            }
            assertEquals(seconds, sessions.totalSeconds(), "records that are read again change nothing");
        }
    }

    @Test
    void theExampleFindsTheSessionOfEachStampedEvent() throws IOException {
        try (StreamDriver stream = CorrectedSessions.play()) {
            ConcludedSessions sessions = new ConcludedSessions();
            for (ConsumerRecord<String, String> record : records(stream.concluded())) {
                sessions.accept(record);
            }
            Set<String> stamped = new TreeSet<>();
            Set<String> current = new TreeSet<>();
            for (TestRecord<byte[], byte[]> event : stream.enriched()) {
                String user = StreamDriver.text(event.key());
                String id = new ObjectMapper()
                        .readTree(event.value())
                        .at("/evtData/CT Session ID")
                        .asText();
                stamped.add(user + id);
                current.add(user + sessions.currentId(user, id));
            }

            assertEquals(3, stamped.size());
            assertEquals(2, current.size());
            assertNotEquals(stamped, current);
        }
    }

    private static List<ConsumerRecord<String, String>> records(List<TestRecord<byte[], byte[]>> concluded) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : concluded) {
            records.add(new ConsumerRecord<>(
                    "session-concluded",
                    0,
                    records.size(),
                    StreamDriver.text(record.key()),
                    StreamDriver.text(record.value())));
        }
        return records;
    }
}
