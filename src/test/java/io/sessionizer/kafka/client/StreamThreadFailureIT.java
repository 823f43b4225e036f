package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RequestGate;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service's own clients spare it when a broker refuses a thread's request. */
class StreamThreadFailureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String CRASH = "A stream thread crashed";
    private static final int PARTITIONS = 2;

    @TempDir
    Path directory;

    private long time;

    @BeforeEach
    void someHoursAgo() {
        time = System.currentTimeMillis() - Duration.ofHours(10).toMillis();
    }

    @Test
    void aCrashedThreadsPartitionsDoNotWaitForItsSessionToTimeOut() throws Exception {
        Duration sessionTimeout = Duration.ofSeconds(120);
        try (TestCluster cluster = start();
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service =
                        service(cluster, Map.of("session.timeout.ms", Long.toString(sessionTimeout.toMillis())))) {
            sendAndAwait(1, cluster, outputs, service);
            try (LogLines log = LogLines.open()) {
                RequestGate.denyNext(ApiKeys.PRODUCE);
                send(2, cluster);
                log.await(CRASH, 1, PATIENCE);
            }
            awaitStamped(2, outputs, sessionTimeout.dividedBy(2));
        }
    }

    @Test
    void aTransactionThatTheCoordinatorHasEndedCrashesNoThread() throws Exception {
        try (TestCluster cluster = start();
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service = service(cluster, Map.of("producer.transaction.timeout.ms", "1500"));
                LogLines log = LogLines.open()) {
            sendAndAwait(1, cluster, outputs, service);
            RequestGate.hold(ApiKeys.END_TXN);
            send(2, cluster);
            RequestGate.awaitHeld(ApiKeys.END_TXN);
            PollingWait.until("The coordinator aborts", PATIENCE, () -> hasAborted(cluster.admin()));
            RequestGate.release(ApiKeys.END_TXN);
            awaitStamped(2, outputs, PATIENCE);
            assertEquals(0, log.count(CRASH), CRASH);
        }
    }

    private static boolean hasAborted(Admin admin) {
        try {
            return admin.listTransactions().all().get().stream()
                    .anyMatch(transaction -> transaction.state() == TransactionState.COMPLETE_ABORT);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private TestCluster start() throws Exception {
        Map<String, String> settings = new TreeMap<>(RequestGate.SETTINGS);
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");
        return TestCluster.start(directory.resolve("broker"), PARTITIONS, settings);
    }

    private ServiceInstance service(TestCluster cluster, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(Map.of("application.id", "failures", "num.stream.threads", "2"));
        all.putAll(more);
        return new ServiceInstance("failing", directory, cluster, all);
    }

    private void sendAndAwait(int round, TestCluster cluster, ServiceOutputs outputs, ServiceInstance service) {
        service.start();
        send(round, cluster);
        awaitStamped(round, outputs, PATIENCE);
    }

    private void send(int round, TestCluster cluster) {
        cluster.sendToAll(TestEvent.counted("e" + round, "u", time + round));
    }

    private static void awaitStamped(int rounds, ServiceOutputs outputs, Duration patience) {
        outputs.await(
                "Each partition's events are stamped",
                patience,
                seen -> seen.stamped().size() >= rounds * PARTITIONS);
        assertEquals(rounds * PARTITIONS, outputs.stamped().size(), "events stamped");
    }
}
