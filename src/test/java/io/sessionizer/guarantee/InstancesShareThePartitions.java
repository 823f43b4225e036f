package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TrafficFeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Adding instances with the same {@code application.id} spreads the partitions over them. One that leaves or is killed
 * loses and doubles nothing, and the others take over its partitions: immediately, or within {@code session.timeout.ms} and
 * {@code transaction.timeout.ms}.
 */
class InstancesShareThePartitions {
    private static final String GROUP = "shared";
    private static final long HOUR = 3_600_000;
    private static final long GAP_MS = HOUR / 3;
    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Longer than the slack, so that an instance that does not leave in order is found out. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
    /** To restore the state, catch up and commit, on a machine that is busy. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Map<String, String> SETTINGS = Map.of(
            "session.timeout.ms",
            "" + SESSION_TIMEOUT.toMillis(),
            "heartbeat.interval.ms",
            "2000",
            "transaction.timeout.ms",
            "" + TRANSACTION_TIMEOUT.toMillis(),
            "num.stream.threads",
            "2",
            // otherwise an instance with much to restore gets its share only when it has, some minutes later
            "acceptable.recovery.lag",
            "1000000",
            // the traffic is of some hours ago: the wall clock must have no effect
            "idle.after.ms",
            "3600000");

    @TempDir
    Path directory;

    @Test
    void loseAndDuplicateNothing_whenOneLeavesAndReturnsAndOneIsKilled() throws Exception {
        RandomTraffic traffic = new RandomTraffic(
                new SplittableRandom().nextLong(),
                new RandomTraffic.TrafficShape(1_500, System.currentTimeMillis() - 20 * HOUR, 300, GAP_MS));
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), ALL.size());
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess one = new ServiceProcess("one", directory, cluster.properties(GROUP, SETTINGS));
                ServiceProcess two = new ServiceProcess("two", directory, cluster.properties(GROUP, SETTINGS));
                TrafficFeed feed = TrafficFeed.start(cluster, traffic, 1_000, 200_000)) {
            one.start();
            two.start();
            awaitEqualShares(cluster);
            awaitProgress(outputs, feed, ALL, PATIENCE);

            one.stop();
            awaitProgress(outputs, feed, ALL, SLACK);
            assertEquals(ALL, cluster.partitionsOf(GROUP, "two"));

            one.start();
            awaitEqualShares(cluster);
            awaitProgress(outputs, feed, ALL, PATIENCE);

            Set<Integer> orphans = cluster.partitionsOf(GROUP, "two");
            two.kill();
            awaitProgress(
                    outputs,
                    feed,
                    orphans,
                    SESSION_TIMEOUT.plus(TRANSACTION_TIMEOUT).plus(SLACK));
            assertEquals(ALL, cluster.partitionsOf(GROUP, "one"));

            feed.end();
            cluster.sendToAll(traffic.closing());
            OutputAudit.awaitAllConcluded(outputs, traffic.events(), PATIENCE);
            one.stop();
            outputs.readToEnd(PATIENCE);
            OutputAudit audit = new OutputAudit(traffic.events(), GAP_MS, outputs);
            System.out.println("Shared run: " + audit.summary());
            audit.everythingIsRight();
        }
    }

    private static void awaitEqualShares(TestCluster cluster) {
        PollingWait.until(
                "Each instance holds half of the partitions",
                PATIENCE,
                () -> cluster.partitionsOf(GROUP, "one").size() == 2
                        && cluster.partitionsOf(GROUP, "two").size() == 2);
    }

    /** Waits until an event of each of these partitions is stamped that was sent after now. */
    private static void awaitProgress(
            ServiceOutputs outputs, TrafficFeed feed, Set<Integer> partitions, Duration timeout) {
        int firstNew = feed.sent();
        int firstUnread = outputs.stamped().size();
        Set<Integer> progressed = new HashSet<>();
        outputs.await("Partitions " + partitions + " go on", timeout, seen -> {
            progressed.clear();
            seen.stamped().stream()
                    .skip(firstUnread)
                    .filter(event -> Integer.parseInt(event.id().substring(1)) >= firstNew)
                    .forEach(event -> progressed.add(event.partition()));
            return progressed.containsAll(partitions);
        });
    }
}
