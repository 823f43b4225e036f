package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.kafka.config.StreamsProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of settings that differ from Kafka's defaults has each of them, with its value. */
class KafkaDefaultsPageTest {
    private static final String BEGIN = "These differ from Kafka's defaults";
    private static final Pattern KEY = Pattern.compile("`([a-z.]+)`");
    private static final Pattern AMOUNT = Pattern.compile("(\\d+) (s|kB|MB)");
    /** In the tables of the service's own keys, or needed by the service and not for the user to change. */
    private static final Set<String> ELSEWHERE = Set.of(
            "application.id",
            "bootstrap.servers",
            "state.dir",
            "rocksdb.config.setter",
            "sessionizer.state.memory.bytes",
            "producer.enable.idempotence",
            "ensure.explicit.internal.resource.naming",
            "processing.exception.handler.global.enabled");
    /** Values that depend on the machine or on other settings. */
    private static final Map<String, String> IN_WORDS = Map.of(
            "application.server", "`http.host`:`http.port`",
            "num.stream.threads", "processors, at most 4",
            "statestore.cache.max.bytes", "an eighth of the heap, at most 64 MB",
            "main.consumer.fetch.max.bytes", "an eighth of the heap for all threads together and at most 32 MB each",
            "restore.consumer.fetch.max.bytes", "the same",
            "producer.buffer.memory", "the same",
            "topic.max.message.bytes", "as much as the producer sends");

    @Test
    void hasEachSettingWithItsValue() throws IOException {
        Map<String, String> described = described();
        Map<String, Object> properties = properties();

        Set<String> expected = new TreeSet<>(properties.keySet());
        expected.removeAll(ELSEWHERE);
        assertEquals(expected, described.keySet());
        described.forEach((key, value) -> assertEquals(
                IN_WORDS.getOrDefault(key, properties.get(key).toString()),
                IN_WORDS.containsKey(key) ? value : parsed(value),
                key));
    }

    private static Map<String, Object> properties() {
        Configuration least = Configuration.load(Map.of("bootstrap.servers", "kafka:9092"), Map.of());
        return StreamsProperties.of(((Valid) least).settings().withApplicationServer("localhost:8080"));
    }

    /** The texts of the table by key; a row may have several keys, and as many values. */
    private static Map<String, String> described() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        Map<String, String> described = new TreeMap<>();
        List<String> rows = page.substring(page.indexOf(BEGIN))
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        for (String row : rows) {
            String[] cells = row.split(" *\\| *");
            List<String> keys = KEY.matcher(cells[1])
                    .results()
                    .map((MatchResult key) -> key.group(1))
                    .toList();
            String[] values = keys.size() == 1 ? new String[] {cells[2]} : cells[2].split(", ");
            for (int at = 0; at < keys.size(); at++) {
                described.put(keys.get(at), values[at]);
            }
        }
        return described;
    }

    private static String parsed(String value) {
        if (value.equals("no limit")) {
            return Long.toString(Long.MAX_VALUE);
        }
        var amount = AMOUNT.matcher(value);
        if (!amount.matches()) {
            return value.replace("`", "");
        }
        long unit =
                switch (amount.group(2)) {
                    case "s" -> 1_000;
                    case "kB" -> 1 << 10;
                    default -> 1 << 20;
                };
        return Long.toString(Long.parseLong(amount.group(1)) * unit);
    }
}
