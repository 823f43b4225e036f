package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.access.DocumentedRights;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented commands of Kafka's tools do on a real broker what the documentation says. */
class DocumentedKafkaCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MINUTE = 60_000;
    private static final Map<String, String> WITH_AUTHORIZER = Map.of(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users", "User:ANONYMOUS");

    @TempDir
    private Path directory;

    /** What a read-committed consumer has seen. */
    private record Seen(Set<String> stamps, List<String> sessions) {}

    @Test
    void aResetReadsTheInputAgain_withTheSameIds() throws Exception {
        Map<String, String> settings = Map.of("application.id", "sessionizer");
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceInstance service = new ServiceInstance("sessionizer", directory, cluster, settings)) {
            long start = System.currentTimeMillis() / 1000 * 1000 - 180 * MINUTE;
            cluster.send(TestEvent.counted("1", "user", start));
            cluster.send(TestEvent.counted("2", "user", start + 10 * MINUTE));
            cluster.send(TestEvent.counted("3", "other", start + 60 * MINUTE));
            cluster.flush();
            service.start();
            Seen before = outputs(cluster);
            service.stop();

            reset(cluster);

            service.start();
            assertEquals(before, outputs(cluster));
        }
    }

    private void reset(TestCluster cluster) throws Exception {
        List<ShellCommand> commands =
                ShellCommand.of(MarkdownPage.read("docs/operations.md").section("## Reprocess"));
        assertTrue(Files.isDirectory(directory.resolve("sessionizer-state")));
        for (ShellCommand command : commands) {
            if (command.program().startsWith("kafka-")) {
                assertEquals(0, tool(cluster).run(command), command::toString);
            } else {
                Process shell = new ProcessBuilder("bash", "-c", command.text())
                        .directory(directory.toFile())
                        .inheritIO()
                        .start();
                assertEquals(0, shell.waitFor(), command::toString);
            }
        }
        assertFalse(Files.exists(directory.resolve("sessionizer-state")));
        Set<String> topics = cluster.admin().listTopics().names().get();
        assertEquals(Set.of("events", "session-settings"), topics);
    }

    private static Seen outputs(TestCluster cluster) throws Exception {
        try (ServiceOutputs outputs = new ServiceOutputs(cluster)) {
            outputs.await(
                    "All is written",
                    PATIENCE,
                    seen -> seen.stamped().size() >= 3 && !seen.concluded().isEmpty());
            outputs.readToEnd(PATIENCE);
            Set<String> stamps = new HashSet<>();
            outputs.stamped()
                    .forEach(event -> assertTrue(
                            stamps.add(event.id() + " " + event.session().orElseThrow())));
            List<String> sessions = outputs.concluded().stream()
                    .map(session -> session.id() + " " + session.revision() + " " + session.length())
                    .toList();
            return new Seen(stamps, sessions);
        }
    }

    @Test
    void eachOtherCommandSucceeds_andTheRightsAreThoseThatTheServiceIsTestedWith() throws Exception {
        List<ShellCommand> commands = new ArrayList<>(ShellCommand.all());
        commands.removeAll(
                ShellCommand.of(MarkdownPage.read("docs/operations.md").section("## Reprocess")));
        commands.removeIf(command -> !command.program().startsWith("kafka-"));
        assertFalse(commands.isEmpty());
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1, WITH_AUTHORIZER)) {
            cluster.admin()
                    .createTopics(List.of(
                            new NewTopic("session-profiles", 1, (short) 1),
                            new NewTopic("sessionizer-timelines-changelog", 1, (short) 1)))
                    .all()
                    .get();
            cluster.produce(new ProducerRecord<>("session-concluded", TestCluster.bytes("{}")));
            cluster.flush();
            for (ShellCommand command : commands) {
                assertEquals(0, tool(cluster).run(command, untilItEnds(command)), command::toString);
            }

            assertEquals(
                    new HashSet<>(DocumentedRights.all()),
                    new HashSet<>(cluster.admin()
                            .describeAcls(AclBindingFilter.ANY)
                            .values()
                            .get()));
        }
    }

    /** A consumer on the console never ends by itself. */
    private static String[] untilItEnds(ShellCommand command) {
        return command.program().equals("kafka-console-consumer.sh")
                ? new String[] {"--from-beginning", "--max-messages", "1", "--timeout-ms", "30000"}
                : new String[0];
    }

    @Test
    void aCommandThatTheToolDoesNotKnowFails() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1)) {
            ShellCommand wrong = new ShellCommand(
                    Path.of("any.md"), "kafka-topics.sh --bootstrap-server localhost:9092 --remove --topic events");

            assertNotEquals(0, tool(cluster).run(wrong));
        }
    }

    private KafkaTool tool(TestCluster cluster) throws Exception {
        Path config = directory.resolve("admin.properties");
        if (!Files.exists(config)) {
            Files.createFile(config);
        }
        return new KafkaTool(cluster.bootstrapServers(), config);
    }
}
