package io.sessionizer.guarantee.host;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.RandomTraffic.TrafficShape;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One instance, 200 MB of heap: many partitions, a backlog in each, and all of it restored at once. */
@Tag("long")
class ManyPartitionsFitASmallHeap {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long GAP_MS = 1_200_000;
    private static final long HOUR = 3_600_000;

    @TempDir
    Path directory;

    @Test
    void whereThereAre64() throws Exception {
        nothingIsLost(64);
    }

    @Test
    void whereThereAre200() throws Exception {
        nothingIsLost(200);
    }

    private void nothingIsLost(int partitions) throws Exception {
        RandomTraffic traffic = new RandomTraffic(
                new SplittableRandom().nextLong(),
                new TrafficShape(2_000, System.currentTimeMillis() - 20 * HOUR, 200, GAP_MS));
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), partitions);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = new ServiceProcess(
                                "many",
                                directory,
                                cluster.properties(
                                        "many", Map.of("num.stream.threads", "2", "idle.after.ms", "3600000")))
                        .withHeap(200)) {
            traffic.make(30_000, cluster::send);
            cluster.flush();
            service.start();
            outputs.await(
                    "Half of them are stamped", PATIENCE, seen -> seen.stamped().size() > 15_000);
            service.kill();
            service.loseState();
            service.start();
            traffic.make(5_000, cluster::send);
            cluster.sendToAll(traffic.closing());
            OutputAudit.awaitAllConcluded(outputs, traffic.events(), PATIENCE);
            service.stop();
            outputs.readToEnd(PATIENCE);
            new OutputAudit(traffic.events(), GAP_MS, outputs).everythingIsRight();
            assertFalse(service.log().contains("OutOfMemoryError"), service::log);
        }
    }
}
