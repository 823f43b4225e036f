package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.docs.CorrectedSessions;
import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.ShellCommand;
import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector of docs/recipes/iceberg.md appends each revision, and the view keeps the sessions. */
class IcebergRecipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final TableIdentifier TABLE = TableIdentifier.of("analytics", "session_revisions");
    private static final List<String> COLUMNS = List.of(
            "session_id", "user_id", "started_at", "ended_at", "length_s", "event_count", "revision", "merged_into");

    @TempDir
    private Path directory;

    @Test
    void theViewHasEachSessionOnce() throws Exception {
        try (RecipeEnvironment environment = RecipeEnvironment.start(directory);
                ConnectWorker worker = ConnectWorker.start(environment.cluster().bootstrapServers(), directory)) {
            environment.useAddress("localhost:8083", worker.address());
            environment.createTopic("control-iceberg");
            publish(environment);
            MarkdownPage page = environment.page("iceberg.md");
            Files.writeString(directory.resolve("sessions-iceberg.json"), connector(environment, page));
            for (ShellCommand command : ShellCommand.of(page)) {
                RecipeProcess.run(command.text(), directory);
            }

            try (JdbcCatalog catalog = new JdbcCatalog()) {
                catalog.initialize("iceberg", catalog(environment));
                PollingWait.until("All revisions are in the table", PATIENCE, () -> {
                    String status = worker.status("sessions-iceberg");
                    assertFalse(status.contains("FAILED"), status);
                    return rows(catalog).size() == 6;
                });
                load(environment, rows(catalog));
            }
            List<String> sql = RecipeEnvironment.blocks(page, "sql");
            environment.execute(sql.get(1));
            assertEquals(
                    List.of(
                            "amended " + CorrectedSessions.AMENDED_SECONDS,
                            "merged " + CorrectedSessions.MERGED_SECONDS),
                    environment.query("SELECT user_id, length_s FROM analytics.sessions ORDER BY user_id"));
        }
    }

    private static void publish(RecipeEnvironment environment) {
        List<ProducerRecord<byte[], byte[]>> records = RecipeEnvironment.concluded();
        environment.abort(records);
        environment.publish(records);
    }

    /** The page's, with a catalog, files and an interval that suit a test. */
    private static String connector(RecipeEnvironment environment, MarkdownPage page) throws IOException {
        ObjectNode connector = (ObjectNode) new ObjectMapper()
                .readTree(RecipeEnvironment.blocks(page, "json").get(0));
        connector.remove("iceberg.catalog.type");
        connector.put("iceberg.catalog.catalog-impl", JdbcCatalog.class.getName());
        catalog(environment).forEach((key, value) -> connector.put("iceberg.catalog." + key, value));
        connector.put("iceberg.tables.write-props.write.format.default", "avro");
        connector.put("iceberg.control.commit.interval-ms", "1000");
        return connector.toString();
    }

    private static Map<String, String> catalog(RecipeEnvironment environment) {
        return Map.of(
                "uri", environment.databaseUrl(),
                "jdbc.user", "sessions",
                "jdbc.password", "secret",
                "jdbc.schema-version", "V1",
                "warehouse", "memory://warehouse",
                "io-impl", "org.apache.iceberg.inmemory.InMemoryFileIO");
    }

    private static List<Map<String, Object>> rows(JdbcCatalog catalog) {
        if (!catalog.tableExists(TABLE)) {
            return List.of();
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(catalog.loadTable(TABLE)).build()) {
            for (Record record : records) {
                Map<String, Object> row = new TreeMap<>();
                record.struct().fields().forEach(field -> row.put(field.name(), record.getField(field.name())));
                rows.add(row);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static void load(RecipeEnvironment environment, List<Map<String, Object>> rows) throws SQLException {
        environment.execute("CREATE SCHEMA analytics; CREATE TABLE analytics.session_revisions (session_id text,"
                + " user_id text, started_at bigint, ended_at bigint, length_s bigint, event_count bigint,"
                + " revision bigint, merged_into text)");
        for (Map<String, Object> row : rows) {
            assertEquals(COLUMNS.stream().sorted().toList(), List.copyOf(row.keySet()));
            List<String> values = COLUMNS.stream()
                    .map(column -> row.get(column) instanceof String text ? "'" + text + "'" : "" + row.get(column))
                    .toList();
            environment.execute("INSERT INTO analytics.session_revisions VALUES (" + String.join(", ", values) + ")");
        }
    }
}
