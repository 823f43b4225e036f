package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsClientsTest {
    private final StreamsClients clients = new StreamsClients(
            new StreamThreads(300_000), new TaskCommits(), new InputGaps("events", deleted -> {}, () -> {}));
    private final List<Consumer<byte[], byte[]>> consumers = new ArrayList<>();

    @AfterEach
    void close() {
        consumers.forEach(Consumer::close);
    }

    @Test
    void findsTheMainConsumerOfTheCurrentThread() {
        open("other-thread-consumer");
        open(Thread.currentThread().getName() + "-consumer");
        assertEquals(Optional.of(consumers.get(1)), clients.ofCurrentThread());
    }

    @Test
    void findsNoneForAThreadWithoutOne() {
        open("other-thread-consumer");
        assertEquals(Optional.empty(), clients.ofCurrentThread());
    }

    @Test
    void forgetsAConsumerThatIsClosed() {
        String clientId = Thread.currentThread().getName() + "-consumer";
        open(clientId);
        open(clientId);
        consumers.get(0).close();
        assertEquals(Optional.of(consumers.get(1)), clients.ofCurrentThread());
        consumers.get(1).close();
        assertEquals(Optional.empty(), clients.ofCurrentThread());
    }

    @Test
    void logsOnceThatAThreadHasNone() {
        try (LogLines log = LogLines.open()) {
            clients.ofCurrentThread();
            clients.ofCurrentThread();
            assertEquals(1, log.count("has no main consumer"));
        }
    }

    private void open(String clientId) {
        consumers.add(clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1", ConsumerConfig.CLIENT_ID_CONFIG, clientId)));
    }
}
