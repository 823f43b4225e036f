package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.ShellCommand;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trigger of docs/recipes/session-end.md acts once for a user who has just left with a filled cart. */
class SessionEndRecipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REMINDERS = "cart-reminders";

    @TempDir
    private Path directory;

    @Test
    void remindsOnlyOfRecentSessionsWithAFilledCart() throws Exception {
        try (RecipeEnvironment environment = RecipeEnvironment.start(directory)) {
            environment.createTopic(REMINDERS);
            MarkdownPage page = environment.page("session-end.md");
            environment.execute(RecipeEnvironment.blocks(page, "sql").get(0));
            environment.execute("INSERT INTO carts VALUES ('filled', 2), ('empty', 0), ('last', 1)");
            long now = System.currentTimeMillis() / 1000;
            environment.publish(List.of(
                    concluded("filled", "first", now - 1_500, 1, ""),
                    concluded("filled", "amended", now - 1_500, 2, ""),
                    concluded("filled", "merged", now - 1_500, 1, ",\"Merged Into\":\"first\""),
                    concluded("filled", "old", now - 4_000, 1, ""),
                    concluded("empty", "second", now - 1_500, 1, ""),
                    concluded("unknown", "third", now - 1_500, 1, "")));
            environment.abort(List.of(concluded("filled", "aborted", now - 1_500, 1, "")));
            environment.publish(List.of(concluded("last", "last", now - 1_500, 1, "")));
            RecipeProcess.copyLibraries(directory);
            Files.writeString(
                    directory.resolve("CartReminder.java"),
                    RecipeEnvironment.blocks(page, "java").get(0));
            ShellCommand command = ShellCommand.of(page).get(0);
            try (RecipeProcess trigger = RecipeProcess.start(command, directory)) {
                PollingWait.until("The last reminder is written", PATIENCE, () -> {
                    assertTrue(trigger.isAlive());
                    return reminders(environment).contains("last last");
                });
            }

            assertEquals(List.of("filled first", "last last"), reminders(environment));
        }
    }

    private static List<String> reminders(RecipeEnvironment environment) {
        return environment.cluster().readAll(REMINDERS).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8) + " "
                        + new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> concluded(
            String user, String id, long lastEvent, int revision, String more) {
        return RecipeEnvironment.record(
                TestCluster.CONCLUDED,
                user,
                "{\"identity\":\"" + user + "\",\"type\":\"event\",\"evtName\":\"Session Concluded\",\"ts\":"
                        + lastEvent + ",\"evtData\":{\"Session Length\":60,\"Session ID\":\"" + id
                        + "\",\"Session Start\":" + (lastEvent - 60) + ",\"Event Count\":2,\"Revision\":" + revision
                        + more + "}}");
    }
}
