package io.sessionizer.guarantee.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The service's topics on one broker or more, and clients that create them, produce and query. Queries are thread-safe.
 */
public class TestTopics implements AutoCloseable {
    public static final String EVENTS = "events";
    public static final String ENRICHED = "enriched-events";
    public static final String CONCLUDED = "session-concluded";
    public static final String DEAD_LETTER = "events-dead-letter";

    private final String bootstrapServers;
    private final int partitions;
    private final Map<String, String> clientSettings;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;

    /**
     * @param bootstrapServers of brokers that run
     * @param partitions of each topic
     * @param clientSettings of the clients of the test
     */
    protected TestTopics(String bootstrapServers, int partitions, Map<String, String> clientSettings) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
        this.clientSettings = clientSettings;
        this.admin = Admin.create(client(Map.of()));
        this.producer = new KafkaProducer<>(
                client(Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The configuration of a client of the test's own, {@code more} beating what any needs. */
    public final Map<String, Object> client(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(clientSettings);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.putAll(more);
        return all;
    }

    /** Creates the topics, without any limit on the age of records, and waits until they can be used. */
    protected final void create(int replicas, Map<String, String> settings)
            throws InterruptedException, ExecutionException {
        Map<String, String> all = new HashMap<>(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
        all.putAll(settings);
        admin.createTopics(Stream.of(EVENTS, ENRICHED, CONCLUDED, DEAD_LETTER)
                        .map(topic -> new NewTopic(topic, partitions, (short) replicas).configs(all))
                        .toList())
                .all()
                .get();
        awaitLeaders();
    }

    /** Until then a broker this young answers a producer in a way that can confuse the order of its batches. */
    private void awaitLeaders() {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (String topic : List.of(EVENTS, ENRICHED, CONCLUDED, DEAD_LETTER)) {
            IntStream.range(0, partitions)
                    .forEach(partition -> all.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
        }
        PollingWait.until("Every partition has a leader", Duration.ofSeconds(30), () -> {
            try {
                admin.listOffsets(all).all().get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return false;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    /** The configuration of an instance of the service here, {@code more} beating what any needs. */
    public Map<String, String> properties(String applicationId, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>();
        all.put("bootstrap.servers", bootstrapServers);
        all.put("application.id", applicationId);
        all.putAll(more);
        return all;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public int partitions() {
        return partitions;
    }

    public Admin admin() {
        return admin;
    }

    /** Sends the event under its user, to the partition that the key decides. Does not wait. */
    public void send(TestEvent event) {
        send(event, event.user());
    }

    /** Sends the event under a key of its own. */
    void send(TestEvent event, String key) {
        byte[] value = event.isErasure() ? null : bytes(event.json());
        produce(new ProducerRecord<>(EVENTS, null, event.recordTime(), bytes(key), value));
    }

    /** Sends the event to every partition, whatever its user, and waits until the broker has it. */
    public void sendToAll(TestEvent event) {
        for (int partition = 0; partition < partitions; partition++) {
            produce(new ProducerRecord<>(
                    EVENTS, partition, event.recordTime(), bytes(event.user()), bytes(event.json())));
        }
        flush();
    }

    /** Sends any record. Does not wait; {@link #flush} reports a failure. */
    public void produce(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (sent, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    /** Waits until the broker has all that was sent. */
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("The broker must take every record of the test", failure.get());
        }
    }

    /** The input partitions that the members of the group whose client ids begin with {@code clientId} hold now. */
    public Set<Integer> partitionsOf(String group, String clientId) {
        Set<Integer> held = new TreeSet<>();
        for (MemberDescription member : members(group)) {
            if (member.clientId().startsWith(clientId + "-")) {
                member.assignment().topicPartitions().stream()
                        .filter(partition -> partition.topic().equals(EVENTS))
                        .map(TopicPartition::partition)
                        .forEach(held::add);
            }
        }
        return held;
    }

    private Collection<MemberDescription> members(String group) {
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many records of a topic a reader sees that does not ask whether they are committed. */
    public final long countUncommitted(String topic) {
        AtomicLong count = new AtomicLong();
        readAll(topic, record -> count.incrementAndGet());
        return count.get();
    }

    /** All records of a topic as they are now, committed or not. */
    public final List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        readAll(topic, records::add);
        return records;
    }

    /** Each record of a topic as it is now, committed or not. */
    public final void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        readAll(topic, Map.of(), sink);
    }

    private void readAll(String topic, Map<String, Object> settings, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (var reader =
                new KafkaConsumer<>(client(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(all);
            reader.seekToBeginning(all);
            var ends = ends(all);
            while (ends.entrySet().stream()
                    .anyMatch(end ->
                            reader.position(end.getKey()) < end.getValue().offset())) {
                reader.poll(Duration.ofMillis(100)).forEach(sink);
            }
        }
    }

    /** The committed records of a topic, up to its current end, once all transactions before it have ended. */
    public final List<ConsumerRecord<byte[], byte[]>> readCommitted(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        readAll(topic, Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"), records::add);
        return records;
    }

    /** The end for a reader that also reads uncommitted records: open transactions count. */
    private Map<TopicPartition, ListOffsetsResultInfo> ends(List<TopicPartition> all) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        all.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return admin.listOffsets(latest)
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
