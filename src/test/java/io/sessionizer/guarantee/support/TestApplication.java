package io.sessionizer.guarantee.support;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import io.sessionizer.kafka.status.Counters.Count;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An instance of the service in this JVM with an application id and topics of its own, and access to its input. */
public final class TestApplication implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = 3_600_000;

    private final String name;
    private final Path state;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final SessionizerSettings settings;
    private Sessionizer service;
    private int sent;

    /**
     * @param name application id and prefix of the topics
     * @param directory for its state
     * @param kafka settings of Kafka's, with {@code bootstrap.servers}
     */
    public TestApplication(String name, Path directory, UserFrom userFrom, Map<String, String> kafka) {
        this.name = name;
        this.state = directory.resolve(name);
        Map<String, String> all = new HashMap<>(Map.of(
                "application.id",
                name,
                "state.dir",
                state.toString(),
                "num.stream.threads",
                "1",
                "commit.interval.ms",
                "100"));
        all.putAll(kafka);
        SessionizerSettings base =
                TestSettings.of(userFrom, Uncounted.DROP, TestSettings.RULES, new ClockSettings(HOUR, HOUR, HOUR), all);
        Map<TopicRole, String> topics = new EnumMap<>(base.topics().names());
        topics.replaceAll((role, topic) -> name + "-" + topic);
        this.settings = new SessionizerSettings(
                base.input(),
                base.rules(),
                base.clock(),
                new TopicSettings(topics, true, -1, (short) -1),
                base.runtime());
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.get("bootstrap.servers"));
        this.admin = Admin.create(client);
        this.producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public Admin admin() {
        return admin;
    }

    /** The input topic. */
    public String input() {
        return settings.topics().name(TopicRole.EVENTS);
    }

    public TopicPartition partition(int number) {
        return new TopicPartition(input(), number);
    }

    /** Creates the input topic, and waits until it has leaders. */
    public void createInput(int partitions) {
        createTopic(input(), partitions);
    }

    /** Creates a topic, and waits until it has leaders. */
    public void createTopic(String topic, int partitions) {
        await(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all());
        awaitLeader(new TopicPartition(topic, partitions - 1));
    }

    /** Waits until the partition of the input takes records. */
    public void awaitLeader(int partition) {
        awaitLeader(partition(partition));
    }

    private void awaitLeader(TopicPartition partition) {
        PollingWait.until("a leader of " + partition, PATIENCE, () -> {
            try {
                admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get();
                return true;
            } catch (ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Deletes the input topic, and waits until the broker does not show it. */
    public void deleteInput() {
        await(admin.deleteTopics(List.of(input())).all());
        PollingWait.until(
                input() + " is gone",
                PATIENCE,
                () -> !await(admin.listTopics().names()).contains(input()));
    }

    /** Starts it, as often as it has ended. */
    public Sessionizer start() {
        return start(settings);
    }

    /** Starts it as with {@code run --accept-positions}. */
    public Sessionizer startAccepting() {
        return start(settings.acceptingPositions());
    }

    private Sessionizer start(SessionizerSettings with) {
        service = new Sessionizer(with, row -> {});
        service.start();
        return service;
    }

    /** Sends so many events to the partition, and waits until the broker has them. */
    public void send(int partition, int events) {
        long now = System.currentTimeMillis() - HOUR;
        for (int i = 0; i < events; i++) {
            send(partition, "user", now);
        }
        producer.flush();
    }

    /** Sends an event of this user and time, whose record has it too. Does not wait. */
    public void send(int partition, String user, long time) {
        TestEvent event = TestEvent.counted("event-" + sent++, user, time);
        producer.send(new ProducerRecord<>(
                input(),
                partition,
                time,
                user.getBytes(StandardCharsets.UTF_8),
                event.json().getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends any record, and waits until the broker has it. */
    public void produce(ProducerRecord<byte[], byte[]> record) {
        producer.send(record);
        producer.flush();
    }

    /** Waits until the running instance has processed so many events since it was started. */
    public void awaitProcessed(int events) {
        PollingWait.until(name + " has processed " + events, PATIENCE, () -> {
            assertFalse(service.stopReason().isPresent(), () -> name + " has stopped: " + service.stopReason());
            return service.counters().value(Count.EVENTS_COUNTED) >= events;
        });
    }

    public long count(Count count) {
        return service.counters().value(count);
    }

    /** Waits until it has stopped by itself, and returns why; ends it. */
    public String awaitStop() throws InterruptedException {
        PollingWait.until(
                name + " has stopped", PATIENCE, () -> service.livenessProblem().isPresent());
        assertFalse(service.awaitEnd());
        service.close();
        return service.stopReason().orElse("no reason");
    }

    /** Ends it in order, with a commit. */
    public void stop() {
        service.close();
    }

    /** Replaces the state of partition 0 by what an older version left, which knew no positions; no run may be active. */
    public void forgetStoredPosition() throws IOException {
        byte[] versionOne = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) 1)
                .putLong(System.currentTimeMillis() - HOUR)
                .array();
        producer.send(new ProducerRecord<>(name + "-timelines-changelog", 0, UserKey.NONE, versionOne));
        producer.flush();
        loseState();
    }

    private void loseState() throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** As when committed offsets expire, or are deleted with a tool. */
    public void deleteCommitted(int partition) {
        await(admin.deleteConsumerGroupOffsets(name, Set.of(partition(partition)))
                .all());
    }

    /** As a tool sets offsets. */
    public void setCommitted(int partition, OffsetAndMetadata offset) {
        await(admin.alterConsumerGroupOffsets(name, Map.of(partition(partition), offset))
                .all());
    }

    public OffsetAndMetadata committed(int partition) {
        return await(admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata())
                .get(partition(partition));
    }

    /** The result, where a failure fails the test. */
    public static <T> T await(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
