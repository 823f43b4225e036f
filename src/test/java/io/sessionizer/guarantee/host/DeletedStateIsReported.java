package io.sessionizer.guarantee.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a changelog open sessions are deleted: the service does not continue without them in silence. */
class DeletedStateIsReported {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String APPLICATION = "deleted";
    private static final String CHANGELOG = APPLICATION + "-timelines-changelog";
    private static final String LOST =
            "application.id: its state is lost; give a new application.id, which reads the topic"
                    + " from its start, or reset this one with kafka-streams-application-reset and delete its state.dir on every"
                    + " instance. Found: ";

    @TempDir
    Path directory;

    @Test
    void inOneLine_whereItsChangelogIsDeletedWhileItRunsAndWhileItIsStopped() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service =
                        new ServiceProcess(APPLICATION, directory, cluster.properties(APPLICATION, Map.of()))) {
            service.start();
            cluster.send(TestEvent.counted("first", "user", System.currentTimeMillis()));
            outputs.await("It is stamped", PATIENCE, seen -> seen.stamped().size() == 1);
            service.stop();
            // the topic exists when it starts
            service.start();
            service.awaitRunning(PATIENCE);

            delete(cluster);
            assertEquals(1, service.awaitExit(PATIENCE), service::log);
            List<String> lines = service.operatorLines();
            assertEquals(1, lines.size(), service::log);
            assertTrue(lines.get(0).startsWith("sessionizer: stopped: " + LOST), lines.get(0));
            assertTrue(lines.get(0).contains(CHANGELOG), lines.get(0));

            delete(cluster);
            service.start();
            assertEquals(1, service.awaitExit(PATIENCE), service::log);
            assertEquals(
                    List.of("sessionizer: cannot start: " + LOST + "no topic " + CHANGELOG
                            + ", though positions in events are committed"),
                    service.operatorLines());
        }
    }

    /** What the service, or a broker that creates topics by itself, may have created again. */
    private static void delete(TestCluster cluster) {
        if (TestApplication.await(cluster.admin().listTopics().names()).contains(CHANGELOG)) {
            TestApplication.await(
                    cluster.admin().deleteTopics(List.of(CHANGELOG)).all());
        }
    }
}
