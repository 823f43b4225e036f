package io.sessionizer.guarantee.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.RandomTraffic.TrafficShape;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TrafficFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up ends the service with one line, and nothing is lost. Mounts a file system, so it needs root. */
@Tag("long")
class FullDiskEndsWithOneLine {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long GAP_MS = 1_200_000;
    private static final long HOUR = 3_600_000;

    @TempDir
    Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("full-state"));
        run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void andContinuesOnceThereIsSpace() throws Exception {
        RandomTraffic traffic = new RandomTraffic(
                new SplittableRandom().nextLong(),
                new TrafficShape(100_000, System.currentTimeMillis() - 20 * HOUR, 200, GAP_MS));
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = new ServiceProcess(
                        "full",
                        directory,
                        cluster.properties(
                                "full", Map.of("idle.after.ms", "3600000", "state.memory.bytes", "16777216")));
                TrafficFeed feed = TrafficFeed.start(cluster, traffic, 3_000, 200_000)) {
            service.start();
            assertEquals(1, service.awaitExit(PATIENCE), service::log);
            assertSpaceIsMissing(service.operatorLines());

            service.start();
            assertEquals(1, service.awaitExit(PATIENCE), service::log);
            assertSpaceIsMissing(service.operatorLines());

            run("mount", "-o", "remount,size=300m", disk.toString());
            service.start();
            feed.end();
            cluster.sendToAll(traffic.closing());
            OutputAudit.awaitAllConcluded(outputs, traffic.events(), PATIENCE);
            service.stop();
            outputs.readToEnd(PATIENCE);
            new OutputAudit(traffic.events(), GAP_MS, outputs).everythingIsRight();
        }
    }

    private static void assertSpaceIsMissing(List<String> lines) {
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.get(0).matches("sessionizer: (stopped|cannot start): state\\.dir: .*No space left on device.*"),
                lines.get(0));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    }
}
