package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.ReferenceSessions;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.DeadLetterRecord;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With user.from=payload the clock is that of the slowest input partition that still delivers: partitions that are read
 * at different speeds do not conclude each other's sessions.
 */
class SlowestSourceHoldsTheClock {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long GAP = 20 * 60_000;
    private static final int PARTITIONS = 4;

    @TempDir
    Path directory;

    /**
     * One partition has twenty times the events of another, so the others are done when most of it is still to be read.
     * Any two events of a session are within the gap, so that no order of reading needs a merge.
     */
    @Test
    void amendsNothing_whenPartitionsAreReadAtDifferentSpeeds() throws Exception {
        List<TestEvent> events = history();
        SplittableRandom random = new SplittableRandom(events.size());
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster)) {
            events.forEach(event -> send(cluster, event, random.nextInt(23) < 20 ? 0 : 1 + random.nextInt(3)));
            cluster.flush();
            service.start();
            int sessions = ReferenceSessions.sessions(events, GAP).size();
            outputs.await("All are concluded", PATIENCE, all -> all.concluded().size() >= sessions);
            service.stop();
            outputs.readToEnd(PATIENCE);
            OutputAudit audit = new OutputAudit(events, GAP, outputs);
            audit.everyCountingEventIsStampedOnce();
            audit.everyStampedEventIsTheOneThatWasSent();
            audit.everyEventCarriesTheIdOfItsSession();
            audit.everySessionIsConcludedAsTheReferenceHasIt();
            assertEquals(sessions, outputs.concluded().size(), "each session concludes once");
        }
    }

    @Test
    void continues_whenSourcesAreEmptyOrBecomeIdle() throws Exception {
        long now = System.currentTimeMillis();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster)) {
            send(cluster, TestEvent.counted("old", "silent", now - 2 * GAP), 1);
            service.start();
            List<TestEvent> live = new ArrayList<>();
            outputs.await("The silent user's session is concluded while another source delivers", PATIENCE, all -> {
                live.add(TestEvent.counted("live" + live.size(), "busy", System.currentTimeMillis()));
                send(cluster, live.get(live.size() - 1), 0);
                return !all.concluded().isEmpty();
            });
            assertEquals("silent", outputs.concluded().get(0).user());
            assertEquals(1, outputs.concluded().size());
        }
    }

    @Test
    void namesTheSourceOfADeadLetter_andErasesByKey() throws Exception {
        long now = System.currentTimeMillis();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster)) {
            // so many that both are in each partition behind the repartition topic
            int users = 20;
            for (int i = 0; i < users; i++) {
                send(cluster, TestEvent.counted("kept-" + i, "stays-" + i, now - 3 * GAP), 2);
                send(cluster, TestEvent.counted("gone-" + i, "leaves-" + i, now - 3 * GAP), 2);
                erase(cluster, TestCluster.bytes("leaves-" + i), 2);
            }
            byte[] noUser = TestCluster.bytes("{\"evtName\":\"Seen\",\"evtData\":{}}");
            cluster.produce(new ProducerRecord<>(TestCluster.EVENTS, 2, now, TestCluster.bytes("device"), noUser));
            erase(cluster, null, 3);
            cluster.flush();
            service.start();
            outputs.await(
                    "The users who stay are concluded",
                    PATIENCE,
                    all -> all.concluded().size() >= users);
            outputs.await(
                    "Both dead letters", PATIENCE, all -> all.deadLetters().size() >= 2);
            service.stop();
            outputs.readToEnd(PATIENCE);
            assertEquals(users, outputs.concluded().size());
            assertTrue(outputs.concluded().stream()
                    .allMatch(session -> session.user().startsWith("stays")));
            assertEquals(
                    Set.of("NO_USER from events-2 at 60", "NO_USER from events-3 at 0"),
                    outputs.deadLetters().stream()
                            .map(SlowestSourceHoldsTheClock::line)
                            .collect(Collectors.toSet()));
        }
    }

    /** Sessions no longer than the gap, more than the gap apart; all events in order of time. */
    private static List<TestEvent> history() {
        long seed = System.nanoTime();
        System.out.println("SlowestSourceHoldsTheClock: seed " + seed + "L");
        SplittableRandom random = new SplittableRandom(seed);
        long first = System.currentTimeMillis() - Duration.ofDays(3).toMillis();
        List<TestEvent> events = new ArrayList<>();
        for (int user = 0; user < 500; user++) {
            long start = first + random.nextLong(GAP);
            for (int session = 0; session < 30; session++) {
                for (int count = 1 + random.nextInt(6); count > 0; count--) {
                    long time = start + random.nextLong(GAP + 1);
                    events.add(TestEvent.counted("e" + events.size(), "user-" + user, time));
                }
                start += 2 * GAP + 1 + random.nextLong(2 * GAP);
            }
        }
        events.sort(Comparator.comparingLong(TestEvent::time));
        return events;
    }

    /** The record's key is not the user. */
    private static void send(TestCluster cluster, TestEvent event, int partition) {
        cluster.produce(new ProducerRecord<>(
                TestCluster.EVENTS,
                partition,
                event.recordTime(),
                TestCluster.bytes("device " + event.id()),
                TestCluster.bytes(event.json())));
    }

    private static void erase(TestCluster cluster, byte[] user, int partition) {
        byte[] nothing = null;
        cluster.produce(new ProducerRecord<>(TestCluster.EVENTS, partition, System.currentTimeMillis(), user, nothing));
    }

    private static String line(DeadLetterRecord letter) {
        return letter.reason() + " from " + letter.headers().get("dead-letter-topic") + "-"
                + letter.headers().get("dead-letter-partition") + " at "
                + letter.headers().get("dead-letter-offset");
    }

    private ServiceProcess service(TestCluster cluster) throws IOException {
        return new ServiceProcess(
                "slowest",
                directory,
                cluster.properties(
                        "slowest", Map.of("user.from", "payload", "idle.after.ms", "2000", "num.stream.threads", "2")));
    }
}
