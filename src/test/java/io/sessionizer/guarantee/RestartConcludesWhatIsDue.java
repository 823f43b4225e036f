package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.ConcludedRecord;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A session concludes on time even if no event ever follows, and also after a restart, which resumes with the stored clock.
 */
class RestartConcludesWhatIsDue {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MINUTE = 60_000;
    private static final long NEVER = 60 * MINUTE;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void concludesAfterAnHourWithoutEvents(boolean isStateLost) throws Exception {
        int users = 20;
        long hourAgo = System.currentTimeMillis() / 1000 * 1000 - 60 * MINUTE;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceOutputs outputs = new ServiceOutputs(cluster)) {
            try (ServiceProcess before = service(cluster, 20 * MINUTE, NEVER)) {
                for (int i = 0; i < users; i++) {
                    cluster.send(TestEvent.counted("first-" + i, "user-" + i, hourAgo));
                    cluster.send(TestEvent.counted("last-" + i, "user-" + i, hourAgo + 10 * MINUTE));
                }
                outputs.await("All are stamped", PATIENCE, all -> all.stamped().size() == 2 * users);
                stop(before, isStateLost);
            }
            outputs.readToEnd(PATIENCE);
            assertEquals(List.of(), outputs.concluded(), "concluded while the clock stood at event time");
            try (ServiceProcess after = service(cluster, 20 * MINUTE, 1_000)) {
                outputs.await(
                        "All are concluded", PATIENCE, all -> all.concluded().size() >= users);
                after.stop();
            }
            outputs.readToEnd(PATIENCE);
            assertEquals(users, outputs.concluded().size());
            assertEquals(
                    users,
                    outputs.concluded().stream()
                            .map(ConcludedRecord::user)
                            .distinct()
                            .count());
            for (ConcludedRecord session : outputs.concluded()) {
                assertEquals(hourAgo / 1000, session.start());
                assertEquals(600, session.length());
                assertEquals(2, session.events());
                assertEquals(1, session.revision());
            }
        }
    }

    /**
     * The wall clock has moved the clock when a phone's events of an hour ago come in. Were the clock to run backwards
     * over the restart, the session of the second phone would be due at once.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void concludesALateSessionAGapAfterItsUpload(boolean isStateLost) throws Exception {
        long gap = 12_000;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster)) {
            long clock;
            try (ServiceProcess before = service(cluster, gap, 1_000)) {
                long probe = System.currentTimeMillis() - gap;
                cluster.send(TestEvent.counted("probe", "probe", probe));
                outputs.await(
                        "The clock is the wall's",
                        PATIENCE,
                        all -> !all.concluded().isEmpty());
                clock = probe + gap;
                cluster.send(TestEvent.counted("before", "uploaded-before", clock - 60 * MINUTE));
                outputs.await(
                        "The late event is stamped",
                        PATIENCE,
                        all -> all.stamped().size() == 2);
                stop(before, isStateLost);
            }
            cluster.send(TestEvent.counted("meanwhile", "uploaded-meanwhile", clock - 60 * MINUTE));
            cluster.flush();
            try (ServiceProcess after = service(cluster, gap, 1_000)) {
                outputs.await(
                        "All are concluded", PATIENCE, all -> all.concluded().size() >= 3);
                after.stop();
            }
            outputs.readToEnd(PATIENCE);
            assertEquals(
                    List.of("probe", "uploaded-before", "uploaded-meanwhile"),
                    outputs.concluded().stream()
                            .map(ConcludedRecord::user)
                            .sorted()
                            .toList());
            for (ConcludedRecord session : outputs.concluded()) {
                long due = session.user().equals("probe") ? clock : clock + gap;
                assertTrue(session.seenAt() > due, () -> "concluded early: " + session + ", due at " + due);
                assertEquals(1, session.revision());
            }
        }
    }

    private static void stop(ServiceProcess service, boolean isStateLost) throws Exception {
        service.stop();
        if (isStateLost) {
            service.loseState();
        }
    }

    private ServiceProcess service(TestCluster cluster, long gapMs, long idleAfterMs) throws Exception {
        ServiceProcess service = new ServiceProcess(
                "restart",
                directory,
                cluster.properties(
                        "restart",
                        Map.of(
                                "session.inactivity.gap.ms", Long.toString(gapMs),
                                "idle.after.ms", Long.toString(idleAfterMs))));
        service.start();
        return service;
    }
}
