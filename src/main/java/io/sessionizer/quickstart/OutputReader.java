package io.sessionizer.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the service's output, committed records only, into the tally, and shows the first of each kind. Not
 * thread-safe.
 */
final class OutputReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TopicSettings topics;
    private final String application;
    /** The paths of the data and of the session's id in the format. */
    private final List<String> dataPath;

    private final List<String> sessionPath;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;
    private final List<TopicPartition> input;
    private final Tally tally = new Tally();
    private final Screen screen;
    private boolean hasShownStamped;
    private boolean hasShownConcluded;
    private long lastRecord = System.nanoTime();

    OutputReader(QuickstartPlan plan, Screen screen) {
        this.topics = plan.settings().topics();
        this.application = plan.application();
        EventFormat format = plan.settings().input().format();
        this.dataPath = format.dataPaths().get(0);
        this.sessionPath = format.sessionPath(dataPath);
        this.screen = screen;
        this.admin = Admin.create(Map.of("bootstrap.servers", plan.bootstrapServers()));
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                plan.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "max.poll.records",
                5000);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.input = partitions(List.of(topics.name(TopicRole.EVENTS)));
        consumer.assign(partitions(plan.outputs()));
        consumer.seekToBeginning(consumer.assignment());
    }

    Tally tally() {
        return tally;
    }

    /** Reads new output, waiting at most {@code timeout}. */
    void poll(Duration timeout) throws IOException {
        for (ConsumerRecord<byte[], byte[]> output : consumer.poll(timeout)) {
            lastRecord = System.nanoTime();
            read(output);
        }
    }

    /** Whether the service has committed all events, and there was no output for {@code quiet}. */
    boolean hasSeenAll(Duration idleTime) throws InterruptedException, ExecutionException {
        if (System.nanoTime() - lastRecord < idleTime.toNanos()) {
            return false;
        }
        var committed = admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get();
        return consumer.endOffsets(input).entrySet().stream()
                .allMatch(end -> end.getValue() == 0
                        || (committed.get(end.getKey()) != null
                                && committed.get(end.getKey()).offset() >= end.getValue()));
    }

    private void read(ConsumerRecord<byte[], byte[]> output) throws IOException {
        if (output.topic().equals(topics.name(TopicRole.ENRICHED))) {
            String user = text(output.key());
            tally.stamped(ConcludedSession.key(user, sessionId(output.value())), user);
            if (!hasShownStamped) {
                hasShownStamped = true;
                show("A stamped event, from " + topics.name(TopicRole.ENRICHED) + ":", output.value());
            }
        } else if (output.topic().equals(topics.name(TopicRole.CONCLUDED))) {
            ConcludedSession session = ConcludedSession.read(output.value(), dataPath, output.timestamp());
            tally.concluded(session.of(text(output.key())));
            if (hasShownStamped && !hasShownConcluded && session.events() > 1) {
                hasShownConcluded = true;
                show("A session, from " + topics.name(TopicRole.CONCLUDED) + ":", output.value());
            }
        } else {
            tally.deadLetter(header(output, "dead-letter-reason"));
        }
    }

    private String sessionId(byte[] event) throws IOException {
        return ConcludedSession.at(JSON.readTree(event), sessionPath).asText();
    }

    private void show(String title, byte[] value) throws IOException {
        screen.line("");
        screen.line(title);
        screen.line(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(value)));
    }

    private static String header(ConsumerRecord<byte[], byte[]> output, String name) {
        var header = output.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte[] utf8) {
        return utf8 == null ? "" : new String(utf8, StandardCharsets.UTF_8);
    }

    private List<TopicPartition> partitions(List<String> names) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String name : names) {
            consumer.partitionsFor(name).forEach(one -> partitions.add(new TopicPartition(name, one.partition())));
        }
        return partitions;
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ZERO);
    }
}
