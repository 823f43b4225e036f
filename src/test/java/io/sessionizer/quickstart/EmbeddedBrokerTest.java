package io.sessionizer.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final TopicPartition LETTERS = new TopicPartition("letters", 0);

    @Test
    void keepsItsData_whenStartedAgainOnTheSameDirectoryAndPort(@TempDir Path directory) throws Exception {
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            createTopic(broker);
            produce(broker, "a");
            assertEquals(List.of("a"), consume(broker, 1));
            port = portOf(broker);
        }
        try (EmbeddedBroker again = EmbeddedBroker.start(directory, port)) {
            assertEquals("127.0.0.1:" + port, again.bootstrapServers());
            produce(again, "b");
            assertEquals(List.of("a", "b"), consume(again, 2));
        }
    }

    @Test
    void takesOverrides(@TempDir Path directory) throws Exception {
        Map<String, String> overrides = Map.of("num.partitions", "3");
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, overrides);
                Admin admin = Admin.create(client(broker))) {
            admin.createTopics(List.of(new NewTopic("three", Optional.empty(), Optional.empty())))
                    .all()
                    .get();
            assertEquals(
                    3,
                    admin.describeTopics(List.of("three"))
                            .allTopicNames()
                            .get()
                            .get("three")
                            .partitions()
                            .size());
        }
    }

    @Test
    void rejectsAPortInUse_beforeItWritesAnything(@TempDir Path parent) throws Exception {
        Path directory = parent.resolve("broker");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            BindException exception = assertThrows(
                    BindException.class,
                    () -> EmbeddedBroker.start(directory, port).close());
            assertEquals("port " + port + " is in use", exception.getMessage());
            assertEquals(false, Files.exists(directory));
        }
    }

    @Test
    void closesTwice(@TempDir Path directory) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        broker.close();
        broker.close();
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static int portOf(EmbeddedBroker broker) {
        return Integer.parseInt(broker.bootstrapServers().split(":")[1]);
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(client(broker))) {
            admin.createTopics(List.of(new NewTopic(LETTERS.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void produce(EmbeddedBroker broker, String value) throws Exception {
        try (var producer = new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(LETTERS.topic(), value)).get();
        }
    }

    private static List<String> consume(EmbeddedBroker broker, int count) {
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(LETTERS));
            consumer.seekToBeginning(List.of(LETTERS));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
