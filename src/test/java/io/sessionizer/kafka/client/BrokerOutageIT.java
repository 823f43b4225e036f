package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are away for long, with work in progress, crash no stream thread and do not end the service. */
class BrokerOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PARTITIONS = 2;

    @TempDir
    Path directory;

    /** Every timeout of Kafka's passes several times. */
    @Test
    void costsNoRestart_withTimeoutsScaledDown() throws Exception {
        costsNoRestart(
                Duration.ofSeconds(20),
                Map.of(
                        "request.timeout.ms", "1000",
                        "default.api.timeout.ms", "1500",
                        "producer.delivery.timeout.ms", "2000",
                        "producer.max.block.ms", "1500",
                        "producer.transaction.timeout.ms", "2000",
                        "session.timeout.ms", "2000",
                        "heartbeat.interval.ms", "500",
                        "max.poll.interval.ms", "5000"));
    }

    @Test
    @Tag("long")
    void costsNoRestart_inAnHour() throws Exception {
        costsNoRestart(Duration.ofMinutes(61), Map.of());
    }

    private void costsNoRestart(Duration outage, Map<String, String> kafka) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of("application.id", "outage", "num.stream.threads", "2"));
        all.putAll(kafka);
        long time = System.currentTimeMillis() - Duration.ofHours(10).toMillis();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                LogLines log = LogLines.open();
                ServiceInstance service = new ServiceInstance("outage", directory, cluster, all)) {
            service.start();
            service.awaitReady();
            for (int i = 0; i < 20_000; i++) {
                cluster.send(TestEvent.counted("e" + i, "user-" + i % 100, time + i));
            }
            cluster.flush();
            outputs.await("It has begun", PATIENCE, seen -> !seen.stamped().isEmpty());
            cluster.stopBroker();
            outputs.readFor(outage);
            cluster.startBroker();
            outputs.await(
                    "All events are stamped", PATIENCE, seen -> seen.stamped().size() >= 20_000);
            service.awaitReady();
            assertEquals(20_000, outputs.stamped().size(), "events stamped");
            assertEquals(0, log.count("A stream thread crashed"), "crashed threads");
            assertEquals(Optional.empty(), service.service().stopReason());
        }
    }
}
