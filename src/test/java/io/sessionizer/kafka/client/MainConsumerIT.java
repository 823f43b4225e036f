package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the main consumer of a stream thread hands on, and where. */
class MainConsumerIT {
    private static final TopicPartition INPUT = new TopicPartition(TestCluster.EVENTS, 0);

    @TempDir
    Path directory;

    /** As at a first start where the broker answers so late that a punctuation comes before it: only a poll can handle it. */
    @Test
    void leavesAMissingPositionToThePoll() throws Exception {
        StreamsClients clients = new StreamsClients(
                new StreamThreads(300_000),
                new TaskCommits(),
                new InputGaps(TestCluster.EVENTS, deleted -> {}, () -> {}));
        try (TestCluster cluster = TestCluster.start(directory, 1);
                Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "first-start",
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        Thread.currentThread().getName() + "-consumer"))) {
            consumer.assign(List.of(INPUT));
            PollingWait.until("A poll misses the position", Duration.ofSeconds(60), () -> {
                for (int i = 0; i < 100; i++) {
                    assertEquals(Optional.empty(), clients.progress(INPUT));
                }
                return isMissedByPoll(consumer);
            });
        }
    }

    /** Kafka's own wait is a minute, with each commit, while a broker hangs. */
    @Test
    void doesNotWaitForAPosition() {
        StreamsClients clients = new StreamsClients(
                new StreamThreads(300_000),
                new TaskCommits(),
                new InputGaps(TestCluster.EVENTS, deleted -> {}, () -> {}));
        try (Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:1",
                ConsumerConfig.GROUP_ID_CONFIG,
                "no-broker",
                ConsumerConfig.CLIENT_ID_CONFIG,
                "no-broker-consumer"))) {
            consumer.assign(List.of(INPUT));
            assertTimeout(
                    Duration.ofSeconds(20), () -> assertThrows(TimeoutException.class, () -> consumer.position(INPUT)));
        }
    }

    private static boolean isMissedByPoll(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.poll(Duration.ZERO);
            return false;
        } catch (NoOffsetForPartitionException e) {
            return true;
        }
    }
}
