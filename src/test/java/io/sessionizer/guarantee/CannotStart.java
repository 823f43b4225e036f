package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the service cannot start, it reports each problem in one line with the fix, and exits. */
class CannotStart {
    private static final long STARTUP_TIMEOUT_MS = 2_000;

    @TempDir
    Path directory;

    @Test
    void reportsAllMismatchedTopicsTogether() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            create(broker, Map.of("events", 3, "enriched-events", 2, "session-concluded", 4));
            List<String> lines = startFailure(broker.bootstrapServers(), true)
                    .lines()
                    .sorted()
                    .toList();
            assertEquals(
                    List.of(
                            "concluded.topic: must have as many partitions as events, 3; add the missing ones with"
                                    + " kafka-topics --alter, or name another topic. Found: session-concluded with 4",
                            "enriched.topic: must have as many partitions as events, 3; add the missing ones with"
                                    + " kafka-topics --alter, or name another topic. Found: enriched-events with 2"),
                    lines);
        }
    }

    @Test
    void rejectsStateOfAnotherPartitionCount() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            create(broker, Map.of("events", 3));
            create(
                    broker,
                    new NewTopic("cannot-start-timelines-changelog", 2, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact")));
            String line = startFailure(broker.bootstrapServers(), true);
            assertEquals(1, line.lines().count(), line);
            assertTrue(line.startsWith("application.id: its state is for 2 partitions, but events has 3;"), line);
            assertTrue(line.contains("kafka-streams-application-reset"), line);
        }
    }

    @Test
    void namesEveryMissingTopic_whenItMayNotCreateThem() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            create(
                    broker,
                    Map.of("enriched-events", 1, "session-concluded", 1, "session-profiles", 1, "session-board", 1));
            assertEquals(
                    List.of(
                            "events.topic: must exist, since topics.create is false. Found: no topic events",
                            "dead.letter.topic: must exist, since topics.create is false. Found: no topic"
                                    + " events-dead-letter",
                            "settings.topic: must exist, since topics.create is false. Found: no topic"
                                    + " session-settings"),
                    startFailure(broker.bootstrapServers(), false).lines().toList());
        }
    }

    @Test
    void rejectsTopicsThatAreNotCompacted_whenTheLastRecordOfAKeyIsNeeded() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
            create(broker, Map.of("session-profiles", 2, "session-settings", 1));
            create(broker, "session-board", Map.of("cleanup.policy", "compact,delete"));
            String rule =
                    ": must be compacted and nothing else, since it must keep the last record of each key for good;"
                            + " set cleanup.policy=compact with kafka-configs --alter, or name another topic. Found: ";
            assertEquals(
                    List.of(
                            "profiles.topic" + rule + "session-profiles with cleanup.policy=delete",
                            "settings.topic" + rule + "session-settings with cleanup.policy=delete",
                            "board.topic" + rule + "session-board with cleanup.policy=compact,delete"),
                    startFailure(broker.bootstrapServers(), true).lines().toList());
        }
    }

    @Test
    void acceptsCompactedTopics_andCreatesMissingOnesCompacted() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            create(broker, Map.of("events", 3));
            create(broker, "session-settings", Map.of("cleanup.policy", "compact"));
            try (Sessionizer service = new Sessionizer(settings(broker.bootstrapServers(), true), row -> {})) {
                service.start();
                assertTrue(service.awaitRunning(Duration.ofSeconds(30)));
            }
            List<String> compacted = List.of("session-profiles", "session-settings", "session-board");
            var topics = admin.describeTopics(compacted).allTopicNames().get();
            assertEquals(
                    List.of(3, 1, 1),
                    compacted.stream()
                            .map(topic -> topics.get(topic).partitions().size())
                            .toList());
            for (String topic : compacted) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                assertEquals(
                        "compact",
                        admin.describeConfigs(List.of(resource))
                                .all()
                                .get()
                                .get(resource)
                                .get("cleanup.policy")
                                .value(),
                        topic);
            }
        }
    }

    @Test
    void namesTheRightThatIsMissing() throws Exception {
        Map<String, String> authorizer = Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true",
                "super.users",
                "User:nobody");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0, authorizer)) {
            create(broker, Map.of("events", 1));
            create(broker, "session-settings", Map.of("cleanup.policy", "compact"));
            deny(broker, AclOperation.READ, "session-settings");
            assertEquals(
                    "settings.topic: needs Read on topic session-settings. Found: not authorized",
                    startFailure(broker.bootstrapServers(), true));
        }
    }

    private static void deny(EmbeddedBroker broker, AclOperation operation, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AccessControlEntry everyone = new AccessControlEntry("User:*", "*", operation, AclPermissionType.DENY);
            AccessControlEntry allowed =
                    new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW);
            ResourcePattern resource = new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
            admin.createAcls(List.of(new AclBinding(resource, everyone), new AclBinding(resource, allowed)))
                    .all()
                    .get();
        }
    }

    @Test
    void givesUpAfterTheTimeout_whenNoBrokerResponds() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        long started = System.nanoTime();
        assertEquals(
                "bootstrap.servers: a broker must respond within startup.timeout.ms, 2000. Found: none at 127.0.0.1:"
                        + port,
                startFailure("127.0.0.1:" + port, true));
        long tookMs = (System.nanoTime() - started) / 1_000_000;
        assertTrue(tookMs >= STARTUP_TIMEOUT_MS && tookMs < 5 * STARTUP_TIMEOUT_MS, () -> "it took " + tookMs + " ms");
    }

    /** No broker is there to be asked. */
    @Test
    void checksTheStateDirectory_beforeTheBrokers() throws Exception {
        Files.writeString(directory.resolve("state"), "a file");
        assertEquals(
                "state.dir: must be a directory that the service can write to. Found: "
                        + directory.resolve("state").resolve("cannot-start") + ", Not a directory",
                startFailure("127.0.0.1:1", true));
    }

    private String startFailure(String servers, boolean createsTopics) {
        try (Sessionizer service = new Sessionizer(settings(servers, createsTopics), row -> {})) {
            return assertThrows(CannotStartException.class, service::start).getMessage();
        }
    }

    private SessionizerSettings settings(String servers, boolean createsTopics) {
        return new SessionizerSettings(
                new SessionizerSettings.InputSettings(
                        SessionizerSettings.UserFrom.KEY,
                        SessionizerSettings.Uncounted.DROP,
                        FormatPreset.CLEVERTAP.format(),
                        true,
                        false),
                TestSettings.RULES,
                new SessionizerSettings.ClockSettings(30_000, 300_000, 900_000),
                TestSettings.topics(createsTopics),
                new SessionizerSettings.RuntimeSettings(
                        STARTUP_TIMEOUT_MS,
                        0,
                        64L << 20,
                        false,
                        Map.of(
                                "bootstrap.servers",
                                servers,
                                "application.id",
                                "cannot-start",
                                "processing.guarantee",
                                "exactly_once_v2",
                                "state.dir",
                                directory.resolve("state").toString())));
    }

    private static void create(EmbeddedBroker broker, String topic, Map<String, String> configs) throws Exception {
        create(broker, new NewTopic(topic, 1, (short) 1).configs(configs));
    }

    private static void create(EmbeddedBroker broker, NewTopic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void create(EmbeddedBroker broker, Map<String, Integer> partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(partitions.entrySet().stream()
                            .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }
}
