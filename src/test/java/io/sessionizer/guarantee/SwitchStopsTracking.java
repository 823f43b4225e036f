package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A record in {@code session-settings} stops session tracking on all instances: events pass unstamped and open no session,
 * while open sessions conclude as they come due. After a restart it applies from the first event. Another record resumes tracking.
 */
class SwitchStopsTracking {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = 3_600_000;
    private static final Map<String, String> SETTINGS = Map.of("application.id", "switched", "num.stream.threads", "1");

    @TempDir
    Path directory;

    private final long start = System.currentTimeMillis() - 20 * HOUR;
    private int rounds;

    @Test
    void onEveryInstance_throughARestart_untilItIsSwitchedOn() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance one = new ServiceInstance("one", directory, cluster, SETTINGS).start();
                ServiceInstance two = new ServiceInstance("two", directory, cluster, SETTINGS).start()) {
            awaitEqualShares(cluster, one, two);
            assertTrue(one.service().isTracking());
            Set<String> tracked = sessions(round(cluster, outputs));
            // ids depend on the partition: each has its own users
            assertEquals(PARTITIONS, tracked.size());

            switchByRecord(cluster, "{\"active\":false}");
            awaitTracking(false, one, two);
            assertPassUnstamped(round(cluster, outputs));
            outputs.await(
                    "Sessions conclude", PATIENCE, seen -> seen.concluded().size() == PARTITIONS);

            one.stop();
            two.stop();
            send(cluster);
            one.start();
            two.start();
            assertFalse(one.service().isTracking());
            assertFalse(two.service().isTracking());
            assertPassUnstamped(newest(outputs));
            awaitEqualShares(cluster, one, two);

            one.service().setTracking(true);
            assertTrue(one.service().isTracking());
            awaitTracking(true, one, two);
            tracked.addAll(sessions(round(cluster, outputs)));
            round(cluster, outputs);
            outputs.await(
                    "Sessions conclude", PATIENCE, seen -> seen.concluded().size() == 2 * PARTITIONS);
            outputs.readToEnd(PATIENCE);
            assertEquals(2 * PARTITIONS, outputs.concluded().size());
            assertEquals(
                    tracked,
                    new HashSet<>(outputs.concluded().stream()
                            .map(ServiceOutputs.ConcludedRecord::id)
                            .toList()));
        }
    }

    @Test
    void keepsTheLastValidRecord_whenALaterOneIsInvalid() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceInstance one = new ServiceInstance("one", directory, cluster, SETTINGS).start()) {
            one.awaitReady();
            switchByRecord(cluster, "{\"active\":false}");
            awaitTracking(false, one);
            switchByRecord(cluster, "{\"active\":");
            one.stop();
            one.start();
            assertFalse(one.service().isTracking());
            switchByRecord(cluster, null);
            awaitTracking(true, one);
        }
    }

    private static void switchByRecord(TestCluster cluster, String value) {
        cluster.produce(new ProducerRecord<>(
                "session-settings",
                TestCluster.bytes("session-tracking"),
                value == null ? null : TestCluster.bytes(value)));
        cluster.flush();
    }

    private static void awaitTracking(boolean active, ServiceInstance... instances) {
        for (ServiceInstance instance : instances) {
            PollingWait.until(
                    "It is switched", PATIENCE, () -> instance.service().isTracking() == active);
        }
    }

    private static void awaitEqualShares(TestCluster cluster, ServiceInstance one, ServiceInstance two) {
        PollingWait.until(
                "Each instance holds half of the partitions",
                PATIENCE,
                () -> cluster.partitionsOf("switched", "one").size() == PARTITIONS / 2
                        && cluster.partitionsOf("switched", "two").size() == PARTITIONS / 2);
        one.awaitReady();
        two.awaitReady();
    }

    private List<ServiceOutputs.EnrichedRecord> round(TestCluster cluster, ServiceOutputs outputs) {
        send(cluster);
        return newest(outputs);
    }

    /** An event of the same user to each partition, an hour after the one before. */
    private void send(TestCluster cluster) {
        cluster.sendToAll(TestEvent.counted("e" + rounds, "u", start + rounds++ * HOUR));
    }

    /** What becomes of the events sent last. */
    private List<ServiceOutputs.EnrichedRecord> newest(ServiceOutputs outputs) {
        int all = rounds * PARTITIONS;
        outputs.await("All events come out", PATIENCE, seen -> seen.stamped().size() == all);
        return outputs.stamped().subList(all - PARTITIONS, all);
    }

    private static Set<String> sessions(List<ServiceOutputs.EnrichedRecord> events) {
        Set<String> sessions = new HashSet<>();
        events.forEach(event -> sessions.add(event.session().orElseThrow()));
        return sessions;
    }

    private void assertPassUnstamped(List<ServiceOutputs.EnrichedRecord> events) {
        events.forEach(event -> {
            assertEquals(Optional.empty(), event.session());
            assertEquals(start + (rounds - 1) * HOUR, event.timestamp());
            assertEquals("u", event.user());
        });
    }
}
