package io.sessionizer.guarantee.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that meets state of a newer version, as in a rolling upgrade, ends with one line that says what to do. */
class NewerStateIsNotRead {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String APPLICATION = "newer";

    @TempDir
    Path directory;

    @Test
    void endsWithOneLine_withoutReplacingThreads() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service =
                        new ServiceProcess(APPLICATION, directory, cluster.properties(APPLICATION, Map.of()))) {
            service.start();
            cluster.send(TestEvent.counted("u", "1", System.currentTimeMillis()));
            outputs.await("The event is stamped", PATIENCE, all -> all.stamped().size() == 1);
            service.stop();
            service.loseState();
            cluster.produce(new ProducerRecord<>(
                    APPLICATION + "-timelines-changelog", 0, TestCluster.bytes("u"), new byte[] {99, 0}));
            cluster.flush();
            service.start();
            assertEquals(1, service.awaitExit(PATIENCE), service::log);
            List<String> lines = service.log()
                    .lines()
                    .filter(line -> line.startsWith("sessionizer: "))
                    .toList();
            assertEquals(1, lines.size(), service::log);
            assertTrue(
                    lines.get(0)
                            .matches(
                                    "sessionizer: stopped: timeline format: must be 1 to \\d+\\. Found: 99, written by a"
                                            + " newer version; run that version or newer \\(to upgrade, stop all instances, then start"
                                            + " them\\)"),
                    lines.get(0));
            assertFalse(service.log().contains("Replacing it"), service::log);
        }
    }
}
