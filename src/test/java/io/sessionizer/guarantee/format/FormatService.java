package io.sessionizer.guarantee.format;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sessionizer.app.config.Configuration;
import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.event.format.ExampleRecord;
import io.sessionizer.event.format.ExampleRecord.ExampleHeader;
import io.sessionizer.event.format.FormatExample;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.config.UnavailableException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A service in this JVM with its own topics, which has a format's golden configuration and reads its golden events. */
final class FormatService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOUR = "3600000";
    private static final String LAST_USER = "last";
    private static final String PROFILES = "session-profiles";
    private static final List<String> OUTPUTS =
            List.of(TestCluster.ENRICHED, TestCluster.CONCLUDED, TestCluster.DEAD_LETTER);

    private final FormatPreset preset;
    private final TestCluster cluster;
    private final FormatExample example;
    private final long startedAt = System.currentTimeMillis();
    private final List<TopicPartition> outputs;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final List<ExampleRecord> seen = new ArrayList<>();
    private Optional<Sessionizer> sessionizer = Optional.empty();

    FormatService(FormatPreset preset, TestCluster cluster) {
        this.preset = preset;
        this.cluster = cluster;
        this.example = FormatExample.of(preset);
        this.outputs = Stream.concat(OUTPUTS.stream(), Stream.of(PROFILES))
                .map(topic -> new TopicPartition(topic(preset, topic), 0))
                .toList();
        this.reader = new KafkaConsumer<>(
                cluster.client(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    FormatPreset preset() {
        return preset;
    }

    /** The topic of a format's events. */
    static String input(FormatPreset preset) {
        return topic(preset, TestCluster.EVENTS);
    }

    private static String topic(FormatPreset preset, String topic) {
        return preset.value() + "." + topic;
    }

    /** Creates their input topics, and writes all events. */
    static void createInputs(List<FormatService> services, TestCluster cluster) throws Exception {
        Map<String, String> unlimited = Map.of("retention.ms", "-1");
        cluster.admin()
                .createTopics(services.stream()
                        .map(each -> new NewTopic(input(each.preset), 1, (short) 1).configs(unlimited))
                        .toList())
                .all()
                .get();
        Map<TopicPartition, OffsetSpec> ends = services.stream()
                .collect(Collectors.toMap(
                        each -> new TopicPartition(input(each.preset), 0), each -> OffsetSpec.latest()));
        PollingWait.until(
                "Every input has a leader",
                PATIENCE,
                () -> !cluster.admin().listOffsets(ends).all().isCompletedExceptionally());
        services.forEach(FormatService::sendEvents);
        cluster.flush();
    }

    private void sendEvents() {
        for (ExampleRecord event : example.of(input(preset))) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    input(preset),
                    0,
                    Instant.parse(event.timestamp()).toEpochMilli(),
                    event.key().orElse(null),
                    event.value().orElse(null));
            event.headers().forEach(header -> record.headers().add(header.name(), header.value()));
            cluster.produce(record);
        }
    }

    void start(Path directory) {
        Map<String, String> keys = new HashMap<>(example.configuration());
        keys.put("bootstrap.servers", cluster.bootstrapServers());
        keys.put("application.id", preset.value());
        keys.put("state.dir", directory.resolve(preset.value()).toString());
        keys.put("num.stream.threads", "1");
        keys.put("commit.interval.ms", "100");
        // the events are years old: only event time matters
        keys.put("idle.after.ms", HOUR);
        keys.put("topics.retention.ms", "-1");
        Map.of(
                        "events.topic", TestCluster.EVENTS,
                        "enriched.topic", TestCluster.ENRICHED,
                        "concluded.topic", TestCluster.CONCLUDED,
                        "dead.letter.topic", TestCluster.DEAD_LETTER,
                        "profiles.topic", PROFILES,
                        "settings.topic", "session-settings",
                        "board.topic", "session-board")
                .forEach((key, topic) -> keys.put(key, topic(preset, topic)));
        Valid valid = assertInstanceOf(Valid.class, Configuration.load(keys, Map.of()));
        sessionizer = Optional.of(new Sessionizer(valid.settings(), row -> {}));
        sessionizer.get().start();
        reader.assign(outputs);
        reader.seekToBeginning(outputs);
    }

    /** Reads until as many sessions have concluded as in the golden file; nothing is written afterwards. */
    void awaitConclusions() {
        int expected =
                Math.max(1, example.of(topic(preset, TestCluster.CONCLUDED)).size());
        PollingWait.until(
                expected + " sessions have concluded in " + preset,
                PATIENCE,
                () -> poll().of(topic(preset, TestCluster.CONCLUDED)).size() >= expected);
    }

    /** All records that were written, but only the latest profile of each user. */
    List<ExampleRecord> outputs() {
        Map<TopicPartition, Long> ends = reader.endOffsets(outputs);
        PollingWait.until("All outputs of " + preset + " are read", PATIENCE, () -> {
            poll();
            return ends.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue());
        });
        List<ExampleRecord> written = new ArrayList<>();
        OUTPUTS.forEach(topic -> written.addAll(poll().of(topic(preset, topic))));
        Map<ByteBuffer, ExampleRecord> profiles = new LinkedHashMap<>();
        poll().of(topic(preset, PROFILES))
                .forEach(profile -> profiles.put(ByteBuffer.wrap(profile.key().orElseThrow()), profile));
        written.addAll(profiles.values());
        return written;
    }

    private FormatExample poll() {
        reader.poll(Duration.ofMillis(50)).forEach(record -> seen.add(example(record)));
        return new FormatExample(List.of(), Map.of(), seen);
    }

    private ExampleRecord example(ConsumerRecord<byte[], byte[]> record) {
        List<ExampleHeader> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new ExampleHeader(header.key(), header.value())));
        return new ExampleRecord(
                record.topic(),
                record.timestamp() >= startedAt
                        ? "now"
                        : Instant.ofEpochMilli(record.timestamp()).toString(),
                Optional.ofNullable(record.key()),
                headers,
                Optional.ofNullable(record.value()));
    }

    /** Erases a user through the service, which is possible even in formats in which null values are ignored. */
    void eraseLastUser() {
        try {
            sessionizer.orElseThrow().erase(TestCluster.bytes(LAST_USER));
        } catch (UnavailableException e) {
            throw new IllegalStateException(e);
        }
        PollingWait.until(
                "The last user of " + preset + " is erased",
                PATIENCE,
                () -> poll().of(topic(preset, PROFILES)).stream()
                        .anyMatch(profile -> Arrays.equals(profile.key().orElseThrow(), TestCluster.bytes(LAST_USER))
                                && profile.value().isEmpty()));
    }

    /** Stops the service cleanly. */
    void stop() {
        sessionizer.ifPresent(Sessionizer::close);
    }

    @Override
    public void close() {
        stop();
        reader.close();
    }
}
