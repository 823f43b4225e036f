package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RequestGate;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.session.UserState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users may be asked for at any time: while partitions move, tasks are revived after a failed commit, and the service
 * stops. The answer may be that they are unavailable, but never an error, and the process survives.
 */
class UsersAreFoundWhileTasksMove {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 4;
    private static final int USERS = 20;
    private static final Map<String, String> SETTINGS = Map.of(
            "application.id", "moving",
            "num.stream.threads", "2",
            "producer.max.block.ms", "2000",
            "acceptable.recovery.lag", "1000000");

    @TempDir
    Path directory;

    private final long time = System.currentTimeMillis() - 36_000_000;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong found = new AtomicLong();

    @Test
    void withoutAnError() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS, RequestGate.SETTINGS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance one = new ServiceInstance("one", directory, cluster, SETTINGS).start()) {
            send(1, cluster, outputs);
            List<Future<?>> queries = new ArrayList<>();
            IntStream.range(0, 2).forEach(i -> queries.add(pool.submit(() -> queryUntilOver(one.service()))));
            for (int round = 2; round <= 3; round++) {
                failCommit(round, cluster, outputs);
                moveAwayAndBack(cluster);
            }
            long before = found.get();
            PollingWait.until(
                    "Users are found again",
                    PATIENCE,
                    () -> found.get() > before + USERS || queries.stream().anyMatch(Future::isDone));
            one.stop();
            isOver.set(true);
            for (Future<?> query : queries) {
                query.get(10, TimeUnit.SECONDS);
            }
            assertEquals(new UserState.Unavailable(), one.service().findUser(TestCluster.bytes("user-0")));
        } finally {
            isOver.set(true);
            pool.shutdown();
        }
    }

    private void queryUntilOver(Sessionizer service) {
        while (!isOver.get()) {
            for (int user = 0; user < USERS; user++) {
                if (service.findUser(TestCluster.bytes("user-" + user)) instanceof UserState.Found) {
                    found.incrementAndGet();
                }
            }
        }
    }

    private void send(int round, TestCluster cluster, ServiceOutputs outputs) {
        sendAll(round, cluster);
        outputs.await(
                "Round " + round + " is stamped",
                PATIENCE,
                seen -> seen.stamped().size() >= round * USERS);
    }

    private void sendAll(int round, TestCluster cluster) {
        for (int user = 0; user < USERS; user++) {
            cluster.send(TestEvent.counted("e" + round + "-" + user, "user-" + user, time + round));
        }
        cluster.flush();
    }

    private void failCommit(int round, TestCluster cluster, ServiceOutputs outputs) throws InterruptedException {
        try (LogLines log = LogLines.open()) {
            RequestGate.hold(ApiKeys.END_TXN);
            sendAll(round, cluster);
            RequestGate.awaitHeld(ApiKeys.END_TXN);
            log.await("Committing task(s) ", 1, PATIENCE);
            RequestGate.release(ApiKeys.END_TXN);
        }
        outputs.await(
                "Round " + round + " is stamped",
                PATIENCE,
                seen -> seen.stamped().size() >= round * USERS);
    }

    private void moveAwayAndBack(TestCluster cluster) {
        ServiceInstance two = new ServiceInstance("two", directory, cluster, SETTINGS).start();
        try (two) {
            PollingWait.until(
                    "It gets its share",
                    PATIENCE,
                    () -> !cluster.partitionsOf("moving", "two").isEmpty());
        }
        PollingWait.until(
                "All are back",
                PATIENCE,
                () -> cluster.partitionsOf("moving", "one").size() == PARTITIONS);
        assertTrue(found.get() > 0, "users found: must be some. Found: none");
    }
}
