package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RequestGate;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.guarantee.support.TestEvent.TestEventKind;
import io.sessionizer.guarantee.support.TestTopics;
import io.sessionizer.kafka.config.NodeNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that fails between two records that it sends, in the transaction of its thread. */
@Tag("long")
class FailedTaskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BY_USER = NodeNames.byUserTopic("failing");

    @TempDir
    Path directory;

    /**
     * The thread's producer forgets a topic that it does not use. While an open transaction hides the input, that is the
     * repartition topic, whose leaders it then has to ask for.
     */
    @Test
    void whatItHasSentIsNotCommittedWithTheOtherTasks() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1, RequestGate.SETTINGS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service = ServiceInstance.rekeying("failing", directory, cluster, settings());
                Producer<byte[], byte[]> upstream = transactional(cluster);
                LogLines log = LogLines.open()) {
            long time = System.currentTimeMillis() - Duration.ofHours(10).toMillis();
            service.start();
            cluster.sendToAll(TestEvent.counted("before", "u", time));
            outputs.await(
                    "The event is stamped", PATIENCE, seen -> !seen.stamped().isEmpty());
            upstream.beginTransaction();
            send(upstream, new TestEvent("broken", "u", TestEventKind.BROKEN, time, time));
            send(upstream, TestEvent.counted("after", "u", time + 1));
            upstream.flush();
            PollingWait.until(
                    "The topic is forgotten",
                    PATIENCE,
                    () -> RequestGate.areLeadersForgotten(BY_USER, Duration.ofSeconds(3)));
            RequestGate.holdLeaders(BY_USER);
            upstream.commitTransaction();
            log.await("Topic " + BY_USER + " not present in metadata", 1, PATIENCE);
            RequestGate.release(ApiKeys.METADATA);
            outputs.await("Both are stamped", PATIENCE, seen -> seen.stamped().size() >= 2);
            outputs.readToEnd(PATIENCE);
            assertEquals(2, outputs.stamped().size(), "events stamped");
            assertEquals(1, outputs.deadLetters().size(), "dead letters");
        }
    }

    private static Map<String, String> settings() {
        return Map.of(
                "application.id", "failing",
                "num.stream.threads", "1",
                // between the two records there must be no commit
                "commit.interval.ms", "10000",
                "producer.max.block.ms", "2000",
                "producer.metadata.max.age.ms", "500",
                "producer.metadata.max.idle.ms", "5000");
    }

    private static Producer<byte[], byte[]> transactional(TestCluster cluster) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.client(Map.of("transactional.id", "upstream")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void send(Producer<byte[], byte[]> upstream, TestEvent event) {
        upstream.send(new ProducerRecord<>(
                TestTopics.EVENTS,
                0,
                event.recordTime(),
                TestTopics.bytes(event.user()),
                TestTopics.bytes(event.json())));
    }
}
