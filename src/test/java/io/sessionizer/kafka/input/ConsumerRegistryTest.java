package io.sessionizer.kafka.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerRegistryTest {
    private final ConsumerRegistry registry = new ConsumerRegistry();
    private final List<Consumer<byte[], byte[]>> consumers = new ArrayList<>();

    @AfterEach
    void close() {
        consumers.forEach(Consumer::close);
    }

    @Test
    void findsTheMainConsumerOfTheCurrentThread() {
        open("other-thread-consumer");
        open(Thread.currentThread().getName() + "-consumer");
        assertEquals(Optional.of(consumers.get(1)), registry.ofCurrentThread());
    }

    @Test
    void findsNoneForAThreadWithoutOne() {
        open("other-thread-consumer");
        assertEquals(Optional.empty(), registry.ofCurrentThread());
    }

    private void open(String clientId) {
        consumers.add(registry.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1", ConsumerConfig.CLIENT_ID_CONFIG, clientId)));
    }
}
