package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.session.UserState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An erasure through any instance reaches a user's sessions in every partition, as producers with different partitioners
 * leave them, and deletes no profile where the user was not known.
 */
class ErasureReachesAllPartitions {
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void ofAUserWithSessionsInSeveral() throws Exception {
        long time = System.currentTimeMillis() - 3_600_000;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service =
                        new ServiceInstance("one", directory, cluster, Map.of("application.id", "erasing")).start()) {
            service.awaitReady();
            cluster.sendToAll(TestEvent.counted("e", "u", time));
            outputs.await("All are stamped", PATIENCE, seen -> seen.stamped().size() == PARTITIONS);
            PollingWait.until("Each has its session", PATIENCE, () -> openSessions(service) == PARTITIONS);

            service.service().erase(TestCluster.bytes("u"));
            PollingWait.until("No session is left", PATIENCE, () -> openSessions(service) == 0);
            assertEquals(new UserState.Absent(), service.service().findUser(TestCluster.bytes("u")));

            service.service().erase(TestCluster.bytes("never-seen"));
            // what is read after all copies
            cluster.sendToAll(TestEvent.counted("later", "other", time));
            outputs.await("All are stamped", PATIENCE, seen -> seen.stamped().size() == 2 * PARTITIONS);
            assertEquals(2, service.service().counters().value(Counters.Count.USERS_ERASED));
            assertEquals(
                    List.of(PARTITIONS, 1),
                    List.of(deletedProfiles(cluster, "u"), deletedProfiles(cluster, "never-seen")));
        }
    }

    private static int openSessions(ServiceInstance service) {
        return service.service().counters().partitions().stream()
                .mapToInt(partition -> (int) partition.open().orElseThrow().openSessions())
                .sum();
    }

    private static int deletedProfiles(TestCluster cluster, String user) {
        return (int) cluster.readAll("session-profiles").stream()
                .filter(profile -> profile.value() == null && new String(profile.key()).equals(user))
                .count();
    }
}
