package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One broker for all tests: each has topics and an application of its own, named after it. */
class TopicProvisionerTest {
    private static final Duration VISIBLE_TIMEOUT = Duration.ofSeconds(30);

    private static EmbeddedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = EmbeddedBroker.start(directory, 0);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void checksWithoutCreating(TestInfo test) throws Exception {
        assertEquals(List.of(), provisioner(test, true).problems());
        assertEquals(Set.of(), topics(test));
    }

    @Test
    void createsTheMissingTopics_withAsManyPartitionsAsTheInput(TestInfo test) throws Exception {
        create(test, "events", 3, Map.of());
        create(test, "session-concluded", 3, Map.of());

        assertEquals(List.of(), provisioner(test, true).problems());
        assertEquals(3, provisioner(test, true).createMissing().partitions());
        assertEquals(
                Map.of(
                        name(test, "events"), 3,
                        name(test, "enriched-events"), 3,
                        name(test, "session-concluded"), 3,
                        name(test, "events-dead-letter"), 1,
                        name(test, "session-profiles"), 3,
                        name(test, "sessions"), 3,
                        name(test, "session-settings"), 1,
                        name(test, "session-board"), 1),
                partitions(test));
    }

    @Test
    void createsNothing_whenAllTopicsExist(TestInfo test) throws Exception {
        provisioner(test, true).createMissing();
        Map<String, Integer> before = partitions(test);

        assertEquals(List.of(), provisioner(test, false).problems());
        assertEquals(
                before.get(name(test, "events")),
                provisioner(test, false).createMissing().partitions());
        assertEquals(before, partitions(test));
    }

    @Test
    void reportsTheMissingTopicsAlone_whenItMayNotCreateThem(TestInfo test) throws Exception {
        create(test, "events", 1, Map.of());
        create(test, "enriched-events", 2, Map.of());
        for (String other :
                List.of("session-concluded", "events-dead-letter", "session-profiles", "sessions", "session-board")) {
            create(test, other, 1, Map.of());
        }
        List<String> expected = List.of("settings.topic: must exist, since topics.create is false. Found: no topic "
                + name(test, "session-settings"));

        assertEquals(expected, provisioner(test, false).problems());
        CannotStartException exception = assertThrows(
                CannotStartException.class, () -> provisioner(test, false).createMissing());
        assertEquals(expected, exception.problems());
        assertEquals(7, topics(test).size());
    }

    @Test
    void reportsTheCleanupPolicyBeforeTheInputIsCreated(TestInfo test) throws Exception {
        create(test, "enriched-events", 2, Map.of());
        create(test, "session-profiles", 1, Map.of("cleanup.policy", "compact,delete"));
        create(test, "sessions", 1, Map.of("cleanup.policy", "compact,delete"));

        List<String> problems = provisioner(test, true).problems();

        assertEquals(2, problems.size(), problems::toString);
        assertEquals("profiles.topic: must be compacted", problems.get(0).substring(0, 33));
        assertEquals("sessions.topic: must be compacted", problems.get(1).substring(0, 33));
        assertEquals(3, topics(test).size());
    }

    @Test
    void comparesWithTheInputThatItHasCreated_beforeItCreatesMore(TestInfo test) throws Exception {
        create(test, "enriched-events", 2, Map.of());

        assertEquals(List.of(), provisioner(test, true).problems());
        CannotStartException exception = assertThrows(
                CannotStartException.class, () -> provisioner(test, true).createMissing());

        assertEquals(
                "enriched.topic: must have as many partitions as " + name(test, "events") + ", 1; add the missing"
                        + " ones with kafka-topics --alter, or name another topic. Found: "
                        + name(test, "enriched-events")
                        + " with 2",
                exception.getMessage());
        assertEquals(Set.of(name(test, "enriched-events"), name(test, "events")), topics(test));
    }

    @Test
    void comparesTheStateWithTheInput(TestInfo test) throws Exception {
        create(test, "events", 3, Map.of());
        create(test, "enriched-events", 2, Map.of());
        create(test, "timelines-changelog", 2, Map.of("cleanup.policy", "compact"));
        create(test, "board-changelog", 2, Map.of("cleanup.policy", "compact"));
        create(test, "by-user-repartition", 3, Map.of());

        List<String> problems = provisioner(test, true).problems();

        assertEquals(2, problems.size(), problems::toString);
        assertEquals(
                "application.id: its state is for 2 partitions, but " + name(test, "events") + " has 3",
                problems.get(0).split(";")[0]);
        assertEquals(
                "user.from: the state of application.id was built with the other setting",
                problems.get(1).split(";")[0]);
    }

    /** As one is that a broker creates because a producer asks for it. */
    @Test
    void refusesChangelogsThatAreNotCompacted(TestInfo test) throws Exception {
        create(test, "events", 2, Map.of());
        create(test, "timelines-changelog", 2, Map.of());
        create(test, "board-changelog", 2, Map.of("cleanup.policy", "compact"));

        List<String> problems = provisioner(test, true).problems();

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(
                problems.get(0).startsWith("application.id: its changelog topics must be compacted and nothing else"),
                problems::toString);
        assertTrue(
                problems.get(0).endsWith("Found: " + name(test, "timelines-changelog") + " with cleanup.policy=delete"),
                problems::toString);
    }

    @Test
    void refusesWhatWouldRefuseRecordsLater(TestInfo test) throws Exception {
        create(test, "enriched-events", 1, Map.of("min.insync.replicas", "2"));
        create(test, "events-dead-letter", 1, Map.of("cleanup.policy", "compact,delete"));

        List<String> problems = provisioner(test, true).problems();

        assertEquals(2, problems.size(), problems::toString);
        assertEquals("enriched.topic: min.insync.replicas", problems.get(0).substring(0, 35));
        assertEquals("dead.letter.topic: must not be compacted", problems.get(1).substring(0, 40));
    }

    @Test
    void readsHowLongATopicKeepsARecord(TestInfo test) throws Exception {
        create(test, "enriched-events", 1, Map.of("retention.ms", "7000"));
        create(test, "session-concluded", 1, Map.of("cleanup.policy", "delete", "retention.ms", "8000"));
        create(test, "session-profiles", 1, Map.of("cleanup.policy", "compact", "retention.ms", "9000"));
        TopicProvisioner provisioner = provisioner(test, true);
        provisioner.createMissing();

        OutputLimits limits = provisioner.limits(1_048_576, 1_048_588);

        assertEquals(7_000, limits.topic(TopicRole.ENRICHED).retentionMs());
        assertEquals(8_000, limits.topic(TopicRole.CONCLUDED).retentionMs());
        assertEquals(Long.MAX_VALUE, limits.topic(TopicRole.PROFILES).retentionMs());
        assertEquals(Long.MAX_VALUE, limits.topic(TopicRole.SESSIONS).retentionMs());
        // created without a limit
        assertEquals(Long.MAX_VALUE, limits.topic(TopicRole.DEAD_LETTER).retentionMs());
    }

    @Test
    void acceptsAnOutputWithTheTimeOfTheWrite_andLogsThatOnce(TestInfo test) throws Exception {
        create(test, "events", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        create(test, "enriched-events", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        TopicProvisioner provisioner = provisioner(test, true);
        assertEquals(List.of(), provisioner.problems());
        provisioner.createMissing();

        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TopicProvisioner.class);
        logger.addAppender(log);
        try {
            provisioner.logAppendTime();
        } finally {
            logger.detachAppender(log);
        }

        assertEquals(
                List.of(name(test, "enriched-events") + " has message.timestamp.type=LogAppendTime: its records carry"
                        + " the time of the write instead of event time, and its retention counts from the write"),
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    private static TopicProvisioner provisioner(TestInfo test, boolean create) {
        SessionizerSettings settings =
                TestSettings.withSessionsTable(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()));
        Map<TopicRole, String> names = new EnumMap<>(settings.topics().names());
        names.replaceAll((role, topic) -> name(test, topic));
        SessionizerSettings own = new SessionizerSettings(
                settings.input(),
                settings.rules(),
                settings.clock(),
                new TopicSettings(names, create, -1, (short) -1),
                settings.runtime());
        return new TopicProvisioner(admin, own, prefix(test));
    }

    /** Waits until the broker shows the topic: it confirms the creation earlier. */
    private static void create(TestInfo test, String topic, int partitions, Map<String, String> configs)
            throws Exception {
        String name = name(test, topic);
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                .all()
                .get();
        PollingWait.until("topic " + name, VISIBLE_TIMEOUT, () -> existing().contains(name));
    }

    private static Set<String> existing() {
        return admin.listTopics()
                .names()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Set<String> topics(TestInfo test) {
        Set<String> topics = new TreeSet<>(existing());
        topics.removeIf(topic -> !topic.startsWith(prefix(test) + "-"));
        return topics;
    }

    private static Map<String, Integer> partitions(TestInfo test) throws Exception {
        Map<String, Integer> partitions = new HashMap<>();
        admin.describeTopics(topics(test))
                .allTopicNames()
                .get()
                .forEach((topic, description) ->
                        partitions.put(topic, description.partitions().size()));
        return partitions;
    }

    private static String name(TestInfo test, String topic) {
        return prefix(test) + "-" + topic;
    }

    private static String prefix(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }
}
