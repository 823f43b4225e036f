package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.Outputs.DeadLetter;
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
        List<Event> events = history();
        SplittableRandom random = new SplittableRandom(events.size());
        try (Cluster cluster = Cluster.start(directory.resolve("broker"), PARTITIONS);
                Outputs outputs = new Outputs(cluster);
                Service service = service(cluster)) {
            events.forEach(event -> send(cluster, event, random.nextInt(23) < 20 ? 0 : 1 + random.nextInt(3)));
            cluster.flush();
            service.start();
            int sessions = Reference.sessions(events, GAP).size();
            outputs.await("All are concluded", PATIENCE, all -> all.concluded().size() >= sessions);
            service.stop();
            outputs.readToEnd(PATIENCE);
            Audit audit = new Audit(events, GAP, outputs);
            audit.everyCountingEventIsStampedOnce();
            audit.everyStampedEventIsTheOneThatWasSent();
            audit.everyEventBearsTheIdOfItsSession();
            audit.everySessionIsConcludedAsTheReferenceHasIt();
            assertEquals(sessions, outputs.concluded().size(), "each session concludes once");
        }
    }

    @Test
    void goesOn_whenSourcesAreEmptyOrFallSilent() throws Exception {
        long now = System.currentTimeMillis();
        try (Cluster cluster = Cluster.start(directory.resolve("broker"), PARTITIONS);
                Outputs outputs = new Outputs(cluster);
                Service service = service(cluster)) {
            send(cluster, Event.counted("old", "silent", now - 2 * GAP), 1);
            service.start();
            List<Event> live = new ArrayList<>();
            outputs.await("The silent user's session is concluded while another source delivers", PATIENCE, all -> {
                live.add(Event.counted("live" + live.size(), "busy", System.currentTimeMillis()));
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
        try (Cluster cluster = Cluster.start(directory.resolve("broker"), PARTITIONS);
                Outputs outputs = new Outputs(cluster);
                Service service = service(cluster)) {
            // so many that both are in each partition behind the repartition topic
            int users = 20;
            for (int i = 0; i < users; i++) {
                send(cluster, Event.counted("kept-" + i, "stays-" + i, now - 3 * GAP), 2);
                send(cluster, Event.counted("gone-" + i, "leaves-" + i, now - 3 * GAP), 2);
                erase(cluster, Cluster.bytes("leaves-" + i), 2);
            }
            byte[] noUser = Cluster.bytes("{\"evtName\":\"Seen\",\"evtData\":{}}");
            cluster.produce(new ProducerRecord<>(Cluster.EVENTS, 2, now, Cluster.bytes("device"), noUser));
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
    private static List<Event> history() {
        long seed = System.nanoTime();
        System.out.println("SlowestSourceHoldsTheClock: seed " + seed + "L");
        SplittableRandom random = new SplittableRandom(seed);
        long first = System.currentTimeMillis() - Duration.ofDays(3).toMillis();
        List<Event> events = new ArrayList<>();
        for (int user = 0; user < 500; user++) {
            long start = first + random.nextLong(GAP);
            for (int session = 0; session < 30; session++) {
                for (int count = 1 + random.nextInt(6); count > 0; count--) {
                    long time = start + random.nextLong(GAP + 1);
                    events.add(Event.counted("e" + events.size(), "user-" + user, time));
                }
                start += 2 * GAP + 1 + random.nextLong(2 * GAP);
            }
        }
        events.sort(Comparator.comparingLong(Event::time));
        return events;
    }

    /** The record's key is not the user. */
    private static void send(Cluster cluster, Event event, int partition) {
        cluster.produce(new ProducerRecord<>(
                Cluster.EVENTS,
                partition,
                event.recordTime(),
                Cluster.bytes("device " + event.id()),
                Cluster.bytes(event.json())));
    }

    private static void erase(Cluster cluster, byte[] user, int partition) {
        byte[] nothing = null;
        cluster.produce(new ProducerRecord<>(Cluster.EVENTS, partition, System.currentTimeMillis(), user, nothing));
    }

    private static String line(DeadLetter letter) {
        return letter.reason() + " from " + letter.headers().get("dead-letter-topic") + "-"
                + letter.headers().get("dead-letter-partition") + " at "
                + letter.headers().get("dead-letter-offset");
    }

    private Service service(Cluster cluster) throws IOException {
        return new Service(
                "slowest",
                directory,
                cluster.properties(
                        "slowest", Map.of("user.from", "payload", "idle.after.ms", "2000", "num.stream.threads", "2")));
    }
}
