package io.sessionizer.guarantee.support;

import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
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
 * A real broker in this JVM with the service's topics, and clients that create, produce and query. Queries are
 * thread-safe; only one thread may start and stop the broker.
 */
public final class TestCluster implements AutoCloseable {
    public static final String EVENTS = "events";
    public static final String ENRICHED = "enriched-events";
    public static final String CONCLUDED = "session-concluded";
    public static final String DEAD_LETTER = "events-dead-letter";

    /** So that a killed instance is missed after seconds; Kafka's least is 6 s. */
    private static final Map<String, String> OVERRIDES = Map.of("group.min.session.timeout.ms", "1000");

    private final Path directory;
    private final int partitions;
    private final Map<String, String> brokerSettings;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private EmbeddedBroker broker;
    private final String bootstrapServers;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;

    private TestCluster(Path directory, int partitions, Map<String, String> brokerSettings, EmbeddedBroker broker) {
        this.directory = directory;
        this.partitions = partitions;
        this.brokerSettings = brokerSettings;
        this.broker = broker;
        this.bootstrapServers = broker.bootstrapServers();
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Starts a broker and creates the topics, without any limit on the age of records.
     *
     * @param directory for the broker's data
     * @param partitions of each topic
     */
    public static TestCluster start(Path directory, int partitions)
            throws IOException, InterruptedException, ExecutionException {
        return start(directory, partitions, Map.of());
    }

    /** As above, with settings of the broker. */
    public static TestCluster start(Path directory, int partitions, Map<String, String> brokerSettings)
            throws IOException, InterruptedException, ExecutionException {
        Map<String, String> all = new HashMap<>(OVERRIDES);
        all.putAll(brokerSettings);
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, all);
        TestCluster cluster = new TestCluster(directory, partitions, all, broker);
        cluster.admin
                .createTopics(Stream.of(EVENTS, ENRICHED, CONCLUDED, DEAD_LETTER)
                        .map(topic -> new NewTopic(topic, partitions, (short) 1)
                                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")))
                        .toList())
                .all()
                .get();
        cluster.awaitLeaders();
        return cluster;
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
        produce(new ProducerRecord<>(EVENTS, null, event.recordTime(), bytes(key), bytes(event.json())));
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
    long countUncommitted(String topic) {
        return readAll(topic).size();
    }

    /** All records of a topic as they are now, committed or not. */
    public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var reader = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** The broker goes away; its data and address stay. */
    public void stopBroker() {
        broker.close();
    }

    /** The broker is back after {@link #stopBroker}. */
    public void startBroker() throws IOException {
        int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
        broker = EmbeddedBroker.start(directory, port, brokerSettings);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // a broker waits for the requests it processes
        RequestGate.open();
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
    }
}
