package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that must stop says why in one line and exits with 1, and {@code --accept-positions} lets it continue. */
class StopsWithOneLine {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void whereTheCommittedPositionIsMissing() throws Exception {
        long now = System.currentTimeMillis();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service =
                        new ServiceProcess("one-line", directory, cluster.properties("one-line", Map.of()))) {
            service.start();
            cluster.send(TestEvent.counted("before", "user", now));
            outputs.await("It is stamped", PATIENCE, all -> all.stamped().size() == 1);
            service.stop();
            TestApplication.await(cluster.admin()
                    .deleteConsumerGroupOffsets("one-line", Set.of(new TopicPartition(TestCluster.EVENTS, 0)))
                    .all());

            service.start();
            assertEquals(1, service.awaitExit(PATIENCE));
            List<String> lines = service.log()
                    .lines()
                    .filter(line -> line.startsWith("sessionizer: "))
                    .toList();
            assertEquals(
                    List.of("sessionizer: stopped: events-0: must have a committed position. Found: committed nothing,"
                            + " stored 1, and a log that starts at 0 and ends at 1; run --accept-positions continues"
                            + " from 1"),
                    lines);
            assertFalse(service.log().contains("Replacing it"), service::log);

            service.start("--accept-positions");
            cluster.send(TestEvent.counted("after", "user", now));
            outputs.await("It is stamped", PATIENCE, all -> all.stamped().size() == 2);
            service.stop();
            outputs.readToEnd(PATIENCE);
            assertEquals(
                    List.of("before", "after"),
                    outputs.stamped().stream()
                            .map(ServiceOutputs.EnrichedRecord::id)
                            .toList());
        }
    }
}
