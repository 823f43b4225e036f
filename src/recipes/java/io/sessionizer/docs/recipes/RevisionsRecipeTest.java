package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.docs.CorrectedSessions;
import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.ShellCommand;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumers of docs/recipes/revisions.md understand what the service publishes. */
class RevisionsRecipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private RecipeEnvironment environment;
    private MarkdownPage page;
    private List<String> sql;

    @BeforeEach
    void publishRevisions() throws Exception {
        environment = RecipeEnvironment.start(directory);
        page = environment.page("revisions.md");
        sql = RecipeEnvironment.blocks(page, "sql");
        List<ProducerRecord<byte[], byte[]>> records = RecipeEnvironment.concluded();
        assertEquals(6, records.size());
        environment.publish(records);
        environment.abort(List.of(concluded("aborted", "aborted", 1, "")));
        environment.publish(records);
        environment.publish(List.of(
                concluded("chain", "first", 1, ""),
                concluded("chain", "second", 2, ",\"Merged Into\":\"third\""),
                concluded("chain", "first", 2, ",\"Merged Into\":\"second\""),
                concluded("chain", "first", 1, ""),
                concluded("last", "last", 1, "")));
    }

    @AfterEach
    void stop() throws IOException {
        environment.close();
    }

    private static ProducerRecord<byte[], byte[]> concluded(String user, String id, int revision, String more) {
        return RecipeEnvironment.record(
                TestCluster.CONCLUDED,
                user,
                "{\"identity\":\"" + user + "\",\"type\":\"event\",\"evtName\":\"Session Concluded\",\"ts\":1468308940,"
                        + "\"evtData\":{\"Session Length\":0,\"Session ID\":\"" + id
                        + "\",\"Session Start\":1468308340,\"Event Count\":0,\"Revision\":" + revision + more + "}}");
    }

    @Test
    void theJavaConsumerKeepsTheHighestRevision() throws Exception {
        environment.execute(sql.get(0));
        RecipeProcess.copyLibraries(directory);
        Files.writeString(
                directory.resolve("SessionsToPostgres.java"),
                RecipeEnvironment.blocks(page, "java").get(0));
        try (RecipeProcess consumer = RecipeProcess.start(command("java"), directory)) {
            PollingWait.until("All sessions are in the table", PATIENCE, () -> {
                assertTrue(consumer.isAlive());
                return environment.query(sql.get(1)).contains("last 1 0");
            });
        }

        assertEquals(sessions(" "), environment.query(sql.get(1)));
        checkCurrentIds(environment.query(sql.get(2)), " ");
    }

    @Test
    void thePythonConsumerKeepsTheHighestRevision() throws Exception {
        Files.writeString(directory.resolve("session_revisions.sql"), sql.get(0));
        Files.writeString(
                directory.resolve("sessions_to_sqlite.py"),
                RecipeEnvironment.blocks(page, "python").get(0));
        try (RecipeProcess consumer = RecipeProcess.start(command("python3"), directory)) {
            PollingWait.until("All sessions are in the table", PATIENCE, () -> {
                assertTrue(consumer.isAlive());
                boolean isCreated = !sqlite("SELECT name FROM sqlite_schema").isEmpty();
                return isCreated && sqlite(sql.get(1)).contains("last|1|0");
            });
        }

        assertEquals(sessions("|"), sqlite(sql.get(1)));
        checkCurrentIds(sqlite(sql.get(2)), "|");
    }

    private ShellCommand command(String program) {
        return ShellCommand.of(page).stream()
                .filter(command -> command.program().equals(program))
                .findFirst()
                .orElseThrow();
    }

    /** By Python, since the consumer's page asks for nothing else. */
    private List<String> sqlite(String query) {
        try {
            Path script = directory.resolve("query.py");
            Files.writeString(
                    script,
                    "import sqlite3\nfor row in sqlite3.connect('sessions.db').execute('''" + query
                            + "'''):\n    print('|'.join(str(column) for column in row))\n");
            return RecipeProcess.run("python3 query.py", directory).lines().toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> sessions(String separator) {
        return List.of(
                String.join(separator, "amended", "1", String.valueOf(CorrectedSessions.AMENDED_SECONDS)),
                String.join(separator, "last", "1", "0"),
                String.join(separator, "merged", "1", String.valueOf(CorrectedSessions.MERGED_SECONDS)));
    }

    private static void checkCurrentIds(List<String> ids, String separator) {
        assertTrue(ids.contains(String.join(separator, "chain", "first", "third")), ids::toString);
        assertTrue(ids.contains(String.join(separator, "chain", "second", "third")), ids::toString);
        List<String> merged = ids.stream()
                .filter(line -> line.startsWith("merged"))
                .map(line -> line.substring(line.length() - 36))
                .toList();
        assertEquals(2, merged.size());
        assertEquals(1, merged.stream().distinct().count());
        assertEquals(6, ids.size(), ids::toString);
    }
}
