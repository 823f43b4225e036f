package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.ShellCommand;
import io.sessionizer.guarantee.support.PollingWait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector of docs/recipes/postgres.md keeps a table equal to the sessions table. */
class PostgresRecipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ROWS =
            "SELECT session_id, user_id, extract(epoch FROM started_at)::bigint, extract(epoch FROM ended_at)::bigint,"
                    + " length_s, event_count, revision FROM sessions ORDER BY session_id";

    @TempDir
    private Path directory;

    @Test
    void theTableFollowsTheTopic() throws Exception {
        try (RecipeEnvironment environment = RecipeEnvironment.start(directory);
                ConnectWorker worker = ConnectWorker.start(environment.cluster().bootstrapServers(), directory)) {
            environment.useAddress("localhost:8083", worker.address());
            environment.createTopic(SessionRows.TOPIC);
            MarkdownPage page = environment.page("postgres.md");
            List<String> sql = RecipeEnvironment.blocks(page, "sql");
            environment.execute(sql.get(0));
            SessionRows.publish(environment);
            Files.writeString(
                    directory.resolve("sessions-postgres.json"),
                    RecipeEnvironment.blocks(page, "json").get(0));
            for (ShellCommand command : ShellCommand.of(page)) {
                RecipeProcess.run(command.text(), directory);
            }

            List<String> expected = List.of(
                    "s1 user-1 1468308340 1468308940 600 7 2",
                    "s2 user-2 1468308340 1468308400 60 7 1",
                    "s5 user-5 1468308340 1468308340 0 7 1");
            PollingWait.until("The table equals the topic", PATIENCE, () -> {
                String status = worker.status("sessions-postgres");
                assertFalse(status.contains("FAILED"), status);
                return environment.query(ROWS).equals(expected);
            });
            assertEquals(List.of("2016-07-12 3 3 660 60"), environment.query(sql.get(1)));

            environment.publish(List.of(SessionRows.deletion("s2")));
            PollingWait.until(
                    "The row is deleted",
                    PATIENCE,
                    () -> environment.query(ROWS).size() == 2);
        }
    }
}
