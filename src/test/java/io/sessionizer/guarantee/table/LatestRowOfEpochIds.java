package io.sessionizer.guarantee.table;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.RandomTraffic.TrafficShape;
import io.sessionizer.guarantee.support.ReferenceSessions;
import io.sessionizer.guarantee.support.ReferenceSessions.ReferenceSession;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Even with ids that are unique only for a user, and with users from the payload, the latest rows of the sessions table
 * are the sessions of the sorted events.
 */
class LatestRowOfEpochIds {
    private static final String TABLE = "sessions";
    private static final int EVENTS = 20_000;
    private static final long HOUR = 3_600_000;
    private static final long GAP_MS = HOUR / 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> SETTINGS = Map.of(
            "sessions.topic", TABLE,
            "user.from", "payload",
            "event.session.form", "epoch.seconds",
            // the traffic is some hours old: the wall clock must have no effect
            "idle.after.ms", "3600000");

    @Test
    void theRowsAreTheSessionsOfTheSortedEvents(@TempDir Path directory) throws Exception {
        // busy enough that several users have the same id
        TrafficShape shape = new TrafficShape(1_000, System.currentTimeMillis() - 20 * HOUR, 500, GAP_MS);
        RandomTraffic traffic = new RandomTraffic(new SplittableRandom().nextLong(), shape).withErasures();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceProcess service =
                        new ServiceProcess("epochs", directory, cluster.properties("epochs", SETTINGS))) {
            traffic.make(EVENTS, cluster::send);
            cluster.sendToAll(traffic.closing());
            service.start();
            service.awaitRunning(PATIENCE);
            List<ReferenceSession> reference = ReferenceSessions.sessions(traffic.events(), GAP_MS);
            long expected = reference.stream()
                    .mapToLong(session -> session.events().size())
                    .sum();
            PollingWait.until("All are in rows", PATIENCE, () -> events(read(cluster)) == expected);
            service.stop();

            LoadedTable table = read(cluster);
            table.requireSessions(reference);
            long ids = table.rows().stream()
                    .map(LoadedTable.SessionRow::session_id)
                    .distinct()
                    .count();
            assertTrue(ids < table.rows().size(), "ids: must be of several users. Found: " + ids);
            assertTrue(table.deleted() > 10, "deleted rows: must be some. Found: " + table.deleted());
        }
    }

    private static LoadedTable read(TestCluster cluster) {
        try {
            return LoadedTable.of(cluster.readCommitted(TABLE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long events(LoadedTable table) {
        return table.rows().stream()
                .mapToLong(LoadedTable.SessionRow::event_count)
                .sum();
    }
}
