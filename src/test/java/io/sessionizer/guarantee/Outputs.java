package io.sessionizer.guarantee;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a read-committed consumer sees of the service's outputs, from their beginning, in the order of each partition. It
 * reads only while it is asked to await something. For one thread.
 */
final class Outputs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    private final Cluster cluster;
    private final List<TopicPartition> partitions;
    private final Consumer<byte[], byte[]> consumer;
    private final List<Stamped> stamped = new ArrayList<>();
    private final List<Concluded> concluded = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    /**
     * An event of the enriched topic.
     *
     * @param id the event's own id
     * @param session the stamp in its data; empty where it has none
     * @param sessionHeader the stamp in its header; empty where it has none
     * @param timestamp of the record, epoch ms
     * @param seenAt wall clock, epoch ms
     */
    record Stamped(
            String id,
            String user,
            int partition,
            Optional<String> session,
            Optional<String> sessionHeader,
            long timestamp,
            long seenAt) {}

    /**
     * A Session Concluded.
     *
     * @param timestamp of the record, epoch ms
     * @param ts epoch seconds
     * @param start epoch seconds
     * @param mergedInto the id of the session that it was joined to
     * @param seenAt wall clock, epoch ms
     */
    record Concluded(
            String user,
            String id,
            long timestamp,
            long ts,
            long start,
            long length,
            long events,
            int revision,
            Optional<String> mergedInto,
            long seenAt) {}

    /** A dead letter: its key, value and headers as text. */
    record DeadLetter(Optional<String> key, Optional<String> value, Map<String, String> headers) {
        String reason() {
            return headers.get("dead-letter-reason");
        }
    }

    Outputs(Cluster cluster) {
        this.cluster = cluster;
        partitions = Stream.of(Cluster.ENRICHED, Cluster.CONCLUDED, Cluster.DEAD_LETTER)
                .flatMap(topic -> IntStream.range(0, cluster.partitions()).mapToObj(i -> new TopicPartition(topic, i)))
                .toList();
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    List<Stamped> stamped() {
        return stamped;
    }

    List<Concluded> concluded() {
        return concluded;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Reads on until {@code condition} holds. */
    void await(String what, Duration timeout, Predicate<Outputs> condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": must be so within " + timeout + ". Found: " + stamped.size()
                        + " stamped, " + concluded.size() + " concluded, " + deadLetters.size() + " dead letters");
            }
            readOn();
        }
    }

    /** Reads for {@code time}, whatever comes. */
    void readFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            readOn();
        }
    }

    /**
     * Reads all that has been written up to now, transactions included whose commit is decided but not yet marked in
     * every partition. So what is not there now was not written by any transaction that has been seen before.
     */
    void readToEnd(Duration timeout) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        // an admin client asks as read-uncommitted: open transactions count
        var ends = cluster.admin().listOffsets(latest).all().get();
        await(
                "All that was written is committed and read",
                timeout,
                outputs -> ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey())
                                >= end.getValue().offset()));
    }

    private void readOn() {
        var records = consumer.poll(POLL);
        long now = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (record.topic()) {
                case Cluster.ENRICHED -> stamped.add(stamped(record, now));
                case Cluster.CONCLUDED -> concluded.add(concluded(record, now));
                case Cluster.DEAD_LETTER -> deadLetters.add(deadLetter(record));
                default -> throw new IllegalStateException("topic: must be assigned. Found: " + record.topic());
            }
        }
    }

    private static Stamped stamped(ConsumerRecord<byte[], byte[]> record, long now) {
        JsonNode data = json(record).path("evtData");
        return new Stamped(
                data.path(Event.ID_FIELD).asText(),
                text(record.key()).orElse(""),
                record.partition(),
                text(data.path("CT Session ID")),
                Optional.ofNullable(record.headers().lastHeader("ct-session-id"))
                        .flatMap(id -> text(id.value())),
                record.timestamp(),
                now);
    }

    private static Concluded concluded(ConsumerRecord<byte[], byte[]> record, long now) {
        JsonNode event = json(record);
        JsonNode data = event.path("evtData");
        return new Concluded(
                text(record.key()).orElse(""),
                data.path("Session ID").asText(),
                record.timestamp(),
                event.path("ts").asLong(),
                data.path("Session Start").asLong(),
                data.path("Session Length").asLong(),
                data.path("Event Count").asLong(),
                data.path("Revision").asInt(),
                text(data.path("Merged Into")),
                now);
    }

    private static DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()).orElse(""));
        }
        return new DeadLetter(text(record.key()), text(record.value()), headers);
    }

    private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
    }

    private static Optional<String> text(byte[] bytes) {
        return Optional.ofNullable(bytes).map(present -> new String(present, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
