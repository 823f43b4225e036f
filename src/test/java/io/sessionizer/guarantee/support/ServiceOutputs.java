package io.sessionizer.guarantee.support;

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
public final class ServiceOutputs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(50);

    private final TestTopics topics;
    private final List<TopicPartition> partitions;
    private final Consumer<byte[], byte[]> consumer;
    private final List<EnrichedRecord> stamped = new ArrayList<>();
    private final List<ConcludedRecord> concluded = new ArrayList<>();
    private final List<DeadLetterRecord> deadLetters = new ArrayList<>();
    private final Map<TopicPartition, Long> lastOffsets = new HashMap<>();

    /**
     * An event of the enriched topic.
     *
     * @param id the event's own id
     * @param session the stamp in its data; empty where it has none
     * @param timestamp of the record, epoch ms
     * @param seenAt wall clock, epoch ms
     */
    public record EnrichedRecord(
            String id, String user, int partition, Optional<String> session, long timestamp, long seenAt) {}

    /**
     * A Session Concluded.
     *
     * @param timestamp of the record, epoch ms
     * @param ts epoch seconds
     * @param start epoch seconds
     * @param mergedInto the id of the session that it was joined to
     * @param seenAt wall clock, epoch ms
     */
    public record ConcludedRecord(
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
    public record DeadLetterRecord(Optional<String> key, Optional<String> value, Map<String, String> headers) {
        public String reason() {
            return headers.get("dead-letter-reason");
        }
    }

    public ServiceOutputs(TestTopics topics) {
        this.topics = topics;
        partitions = Stream.of(TestTopics.ENRICHED, TestTopics.CONCLUDED, TestTopics.DEAD_LETTER)
                .flatMap(topic -> IntStream.range(0, topics.partitions()).mapToObj(i -> new TopicPartition(topic, i)))
                .toList();
        consumer = new KafkaConsumer<>(
                topics.client(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        50)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public List<EnrichedRecord> stamped() {
        return stamped;
    }

    public List<ConcludedRecord> concluded() {
        return concluded;
    }

    public List<DeadLetterRecord> deadLetters() {
        return deadLetters;
    }

    /** Reads on until {@code condition} holds. */
    public void await(String what, Duration timeout, Predicate<ServiceOutputs> condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": must be so within " + timeout + ". Found: " + stamped.size()
                        + " stamped, " + concluded.size() + " concluded, " + deadLetters.size() + " dead letters");
            }
            pollOnce();
        }
    }

    /** Reads for {@code time}, whatever comes. */
    public void readFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            pollOnce();
        }
    }

    /**
     * Reads all that has been written up to now, transactions included whose commit is decided but not yet marked in
     * every partition. So what is not there now was not written by any transaction that has been seen before.
     */
    public void readToEnd(Duration timeout) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        // an admin client asks as read-uncommitted: open transactions count
        var ends = topics.admin().listOffsets(latest).all().get();
        await(
                "All that was written is committed and read",
                timeout,
                outputs -> ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey())
                                >= end.getValue().offset()));
    }

    private void pollOnce() {
        var records = consumer.poll(POLL);
        long now = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            requireNext(record);
            switch (record.topic()) {
                case TestTopics.ENRICHED -> stamped.add(stamped(record, now));
                case TestTopics.CONCLUDED -> concluded.add(concluded(record, now));
                case TestTopics.DEAD_LETTER -> deadLetters.add(deadLetter(record));
                default -> throw new IllegalStateException("topic: must be assigned. Found: " + record.topic());
            }
        }
    }

    /** What this consumer reads twice, as after a reset of its own, is not the service's fault. */
    private void requireNext(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        long last =
                Optional.ofNullable(lastOffsets.put(partition, record.offset())).orElse(-1L);
        if (record.offset() <= last) {
            throw new IllegalStateException(
                    partition + ": offsets must rise. Found: " + record.offset() + " after " + last);
        }
    }

    private static EnrichedRecord stamped(ConsumerRecord<byte[], byte[]> record, long now) {
        JsonNode data = json(record).path("evtData");
        return new EnrichedRecord(
                data.path(TestEvent.ID_FIELD).asText(),
                text(record.key()).orElse(""),
                record.partition(),
                text(data.path("CT Session ID")),
                record.timestamp(),
                now);
    }

    private static ConcludedRecord concluded(ConsumerRecord<byte[], byte[]> record, long now) {
        JsonNode event = json(record);
        JsonNode data = event.path("evtData");
        return new ConcludedRecord(
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

    private static DeadLetterRecord deadLetter(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()).orElse(""));
        }
        return new DeadLetterRecord(text(record.key()), text(record.value()), headers);
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
