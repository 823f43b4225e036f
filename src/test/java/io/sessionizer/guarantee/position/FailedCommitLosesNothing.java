package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RequestGate;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.EnrichedRecord;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A commit that a coordinator does not answer in time costs no event, though Kafka Streams discards what it has polled:
 * every event is stamped once.
 */
class FailedCommitLosesNothing {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long HOUR = 3_600_000;
    private static final int EVENTS = 40_000;
    private static final String FAILED = "Committing task(s) ";

    @TempDir
    Path directory;

    /** The group rejoins before the task is initialized again. */
    @Test
    void withOneThread() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1, RequestGate.SETTINGS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service = new ServiceInstance("one", directory, cluster, settings(1))) {
            List<TestEvent> events = send(cluster);
            service.start();
            awaitOutput(outputs);
            for (long failures = 1; failures <= 3; failures++) {
                failCommit(() -> {});
            }
            assertAllAreStampedOnce(events, outputs);
        }
    }

    /** The task is initialized again before the group rejoins, and commits before it has polled anything. */
    @Test
    void withSeveralThreads() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2, RequestGate.SETTINGS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service = new ServiceInstance("two", directory, cluster, settings(2))) {
            List<TestEvent> events = send(cluster);
            service.start();
            awaitOutput(outputs);
            failCommit(() -> RequestGate.hold(ApiKeys.FETCH));
            double before = commits(service);
            PollingWait.until("It has committed without a record", PATIENCE, () -> commits(service) > before + 4);
            var committed = cluster.admin()
                    .listConsumerGroupOffsets("failed-commit")
                    .partitionsToOffsetAndMetadata()
                    .get();
            outputs.readToEnd(PATIENCE);
            committed.forEach((partition, position) -> {
                long processed = outputs.stamped().stream()
                        .filter(event -> event.partition() == partition.partition())
                        .count();
                assertTrue(
                        position.offset() <= processed,
                        partition + ": must be committed at most up to " + processed + ". Found: " + position.offset());
            });
            RequestGate.release(ApiKeys.FETCH);
            assertAllAreStampedOnce(events, outputs);
        }
    }

    /** The first commits are of tasks that have processed nothing. */
    private static void awaitOutput(ServiceOutputs outputs) {
        outputs.await("It stamps", PATIENCE, seen -> !seen.stamped().isEmpty());
    }

    private static double commits(ServiceInstance service) {
        return service.service().metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("commit-total")
                        && metric.metricName().group().equals("stream-thread-metrics"))
                .mapToDouble(metric -> (Double) metric.metricValue())
                .sum();
    }

    private static Map<String, String> settings(int threads) {
        return Map.of(
                "application.id", "failed-commit",
                "num.stream.threads", "" + threads,
                "producer.max.block.ms", "2000",
                // a request that is held is not sent again: each takes a thread of the broker
                "request.timeout.ms", "30000",
                "commit.interval.ms", "100",
                // so that a commit leaves polled records unprocessed
                "main.consumer.max.poll.records", "2000");
    }

    private static void failCommit(Runnable beforeItFails) throws InterruptedException {
        try (LogLines log = LogLines.open()) {
            RequestGate.hold(ApiKeys.END_TXN);
            RequestGate.awaitHeld(ApiKeys.END_TXN);
            beforeItFails.run();
            log.await(FAILED, 1, PATIENCE);
            RequestGate.release(ApiKeys.END_TXN);
            log.await("Running: all partitions", 1, PATIENCE);
        }
    }

    private static List<TestEvent> send(TestCluster cluster) {
        long first = System.currentTimeMillis() - 10 * HOUR;
        List<TestEvent> events = IntStream.range(0, EVENTS)
                .mapToObj(i -> TestEvent.counted("e" + i, "user-" + i % 1_000, first + i))
                .toList();
        events.forEach(cluster::send);
        cluster.flush();
        return events;
    }

    private static void assertAllAreStampedOnce(List<TestEvent> events, ServiceOutputs outputs) throws Exception {
        Set<String> last = events.subList(events.size() - 1_000, events.size()).stream()
                .map(TestEvent::id)
                .collect(Collectors.toSet());
        outputs.await(
                "The last events are stamped",
                PATIENCE,
                seen -> seen.stamped().stream()
                                .filter(event -> last.contains(event.id()))
                                .count()
                        >= last.size());
        outputs.readToEnd(PATIENCE);
        Set<String> stamped = outputs.stamped().stream().map(EnrichedRecord::id).collect(Collectors.toSet());
        long lost =
                events.stream().filter(event -> !stamped.contains(event.id())).count();
        assertEquals(0, lost, "events lost");
        assertEquals(events.size(), outputs.stamped().size(), "events stamped");
    }
}
