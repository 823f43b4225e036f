package io.sessionizer.kafka.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows a topic of a real broker. */
class TopicFollowerIT {
    private static final String TOPIC = "rows";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BUG = "bug";

    @TempDir
    Path directory;

    private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
    private EmbeddedBroker broker;
    private String servers;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(directory, 0);
        servers = broker.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        createTopic();
    }

    private void createTopic() throws Exception {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
    }

    @AfterEach
    void stop() {
        admin.close(Duration.ZERO);
        broker.close();
    }

    @Test
    void readsItWholeFirst_andThenWhatComes() throws Exception {
        send("a=1", "b", "a=2");
        try (TopicFollower follower = follow()) {
            assertTrue(follower.awaitCaughtUp(PATIENCE));
            assertTrue(follower.isCaughtUp());
            assertEquals(List.of("a=1", "b", "a=2"), List.copyOf(delivered));
            delivered.clear();
            send("c=3");
            assertEquals("c=3", next());
        }
    }

    @Test
    void isCaughtUpWithATopicThatIsEmpty() throws Exception {
        try (TopicFollower follower = follow()) {
            assertTrue(follower.awaitCaughtUp(PATIENCE));
        }
    }

    @Test
    void isNotCaughtUp_whileAnOpenTransactionHidesWhatIsThere_butAfterItsEnd() throws Exception {
        Map<String, Object> transactional =
                Map.of("bootstrap.servers", servers, "transactional.id", "test", "linger.ms", 0);
        try (Producer<String, String> producer =
                new KafkaProducer<>(transactional, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "a", "aborted")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "a", "committed")).get();
            try (TopicFollower follower = follow()) {
                assertTrue(follower.awaitCaughtUp(PATIENCE));
                assertTrue(delivered.isEmpty());
                producer.commitTransaction();
                assertEquals("a=committed", next());
            }
        }
    }

    @Test
    void reportsThatARecordHasBeenRead() throws Exception {
        try (TopicFollower follower = follow()) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            assertFalse(follower.awaitRead(partition, 0, Duration.ofMillis(300)));
            send("a=1");
            assertTrue(follower.awaitRead(partition, 0, PATIENCE));
            assertEquals(List.of("a=1"), List.copyOf(delivered));
        }
    }

    @Test
    void continues_afterARecordThatFails() throws Exception {
        try (TopicFollower follower = follow()) {
            send("a=1", BUG, "a=2");
            assertEquals("a=1", next());
            assertEquals("a=2", next());
            assertTrue(follower.awaitCaughtUp(PATIENCE));
        }
    }

    @Test
    void readsPartitionsThatAreAdded() throws Exception {
        try (TopicFollower follower = follow()) {
            assertTrue(follower.awaitCaughtUp(PATIENCE));
            admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            send(2, "late=1");
            assertEquals("late=1", next());
            send(0, "a=1");
            assertEquals("a=1", next());
        }
    }

    @Test
    void continuesAfterAnOutage() throws Exception {
        send("a=1");
        try (TopicFollower follower = follow()) {
            assertEquals("a=1", next());
            restartBroker();
            send("a=2");
            assertEquals("a=2", next());
            assertEquals("", follower.failure().orElse(""));
        }
    }

    @Test
    void restartsFromTheBeginning_whenItsOffsetIsOutOfRange() throws Exception {
        send("a=1", "a=2", "a=3");
        try (TopicFollower follower = follow()) {
            assertTrue(follower.awaitCaughtUp(PATIENCE));
            delivered.clear();
            admin.deleteTopics(List.of(TOPIC)).all().get();
            createTopic();
            send("a=4");
            assertEquals("a=4", next());
        }
    }

    @Test
    void startsOnceTheTopicExists() throws Exception {
        admin.deleteTopics(List.of(TOPIC)).all().get();
        try (TopicFollower follower = follow()) {
            assertFalse(follower.awaitCaughtUp(Duration.ofSeconds(1)));
            assertFalse(follower.failure().isEmpty());
            createTopic();
            assertTrue(follower.awaitCaughtUp(PATIENCE));
            assertTrue(follower.failure().isEmpty());
        }
    }

    @Test
    void closesPromptly_withAndWithoutABroker() throws Exception {
        TopicFollower follower = follow();
        assertTrue(follower.awaitCaughtUp(PATIENCE));
        assertClosesPromptly(follower);
        broker.close();
        assertClosesPromptly(follow());
    }

    private static void assertClosesPromptly(TopicFollower follower) throws InterruptedException {
        long started = System.nanoTime();
        follower.close();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        assertTrue(tookMs < 2_000, () -> "it took " + tookMs + " ms");
        assertFalse(follower.isCaughtUp());
        follower.close();
    }

    private void restartBroker() throws IOException {
        broker.close();
        broker = EmbeddedBroker.start(directory, Integer.parseInt(servers.substring(servers.indexOf(':') + 1)));
    }

    private TopicFollower follow() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "metadata.max.age.ms",
                "1000");
        return TopicFollower.start(
                TOPIC,
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                (key, value) -> {
                    String text = text(key) + (value == null ? "" : "=" + text(value));
                    if (text.equals(BUG)) {
                        throw new IllegalStateException("as a test of what becomes of bugs");
                    }
                    delivered.add(text);
                },
                () -> {});
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String next() throws InterruptedException {
        String text = delivered.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertTrue(text != null, "another record must come");
        return text;
    }

    private void send(String... records) throws Exception {
        send(0, records);
    }

    private void send(int partition, String... records) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", servers);
        try (Producer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (String record : records) {
                String[] parts = record.split("=");
                producer.send(new ProducerRecord<>(TOPIC, partition, parts[0], parts.length > 1 ? parts[1] : null))
                        .get();
            }
        }
    }
}
