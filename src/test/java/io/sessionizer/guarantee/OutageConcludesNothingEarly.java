package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.OutputAudit;
import io.sessionizer.guarantee.support.ReferenceSessions;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pause of the process, or a broker that can't be reached while there is lag, is not idleness: it concludes no session. */
class OutageConcludesNothingEarly {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long IDLE_AFTER = 1_000;

    @TempDir
    Path directory;

    /** The backlog is two days old, so a clock that followed the wall's for a moment would conclude everything at once. */
    @Test
    void concludesNothing_whenTheBrokerGoesAwayInTheMiddleOfABacklog() throws Exception {
        long gap = 20 * 60_000;
        List<TestEvent> backlog = backlog(200_000, 2_000, Duration.ofDays(2));
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster, gap)) {
            backlog.forEach(cluster::send);
            cluster.flush();
            service.start();
            outputs.await("It has begun", PATIENCE, all -> !all.stamped().isEmpty());
            cluster.stopBroker();
            outputs.readFor(Duration.ofMillis(5 * IDLE_AFTER));
            assertTrue(outputs.stamped().size() < backlog.size(), "there is a backlog when the broker goes away");
            cluster.startBroker();
            assertConcludesOnce(backlog, gap, outputs, service);
        }
    }

    /** Each user's session is open and the service idle, when events pile up that extend the session beyond its end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void concludesNothing_whenItIsPausedWhileEventsAccumulate(boolean isBrokerAwayThen) throws Exception {
        long gap = 5_000;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster, gap)) {
            service.start();
            List<TestEvent> events = new ArrayList<>(awaitIdle(cluster, outputs, gap));
            long now = System.currentTimeMillis();
            send(cluster, events, now);
            outputs.await("All are stamped", PATIENCE, all -> all.stamped().size() == events.size());
            signal("-STOP", service);
            // these answer the fetches that are under way, so that what follows is not read
            events.addAll(sendToEach(cluster, "decoy", now));
            cluster.flush();
            // by the time that it reads them, they are of the past
            for (long ahead = gap - 1_000; ahead < 2 * gap; ahead += gap - 1_000) {
                send(cluster, events, now + ahead);
            }
            cluster.flush();
            if (isBrokerAwayThen) {
                cluster.stopBroker();
                signal("-CONT", service);
                outputs.readFor(Duration.ofMillis(2 * gap));
                cluster.startBroker();
            } else {
                outputs.readFor(Duration.ofMillis(2 * gap));
                signal("-CONT", service);
            }
            assertConcludesOnce(events, gap, outputs, service);
        }
    }

    @Test
    void concludesOnce_whenTheBrokerIsAwayWhileItIsIdle() throws Exception {
        long gap = 4_000;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 2);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster, gap)) {
            service.start();
            List<TestEvent> events = new ArrayList<>(awaitIdle(cluster, outputs, gap));
            send(cluster, events, System.currentTimeMillis());
            outputs.await("All are stamped", PATIENCE, all -> all.stamped().size() == events.size());
            cluster.stopBroker();
            outputs.readFor(Duration.ofMillis(gap + 3 * IDLE_AFTER));
            cluster.startBroker();
            send(cluster, events, System.currentTimeMillis());
            assertConcludesOnce(events, gap, outputs, service);
        }
    }

    /** A session in each partition that nothing but the wall clock concludes. */
    private static List<TestEvent> awaitIdle(TestCluster cluster, ServiceOutputs outputs, long gap) {
        List<TestEvent> probes = sendToEach(cluster, "probe", System.currentTimeMillis() - gap);
        outputs.await(
                "The clock is the wall's", PATIENCE, all -> all.concluded().size() == probes.size());
        return probes;
    }

    /** An event to each partition, of a user of its own. */
    private static List<TestEvent> sendToEach(TestCluster cluster, String name, long time) {
        List<TestEvent> events = new ArrayList<>();
        for (int partition = 0; partition < cluster.partitions(); partition++) {
            TestEvent event = TestEvent.counted(name + partition, name + partition, time);
            events.add(event);
            cluster.produce(new ProducerRecord<>(
                    TestCluster.EVENTS,
                    partition,
                    time,
                    TestCluster.bytes(event.user()),
                    TestCluster.bytes(event.json())));
        }
        return events;
    }

    /** One event of each user. */
    private static void send(TestCluster cluster, List<TestEvent> events, long time) {
        for (int user = 0; user < 20; user++) {
            TestEvent event = TestEvent.counted("e" + events.size(), "user-" + user, time);
            events.add(event);
            cluster.send(event);
        }
    }

    /** In order of time, so that no session needs an amendment. */
    private static List<TestEvent> backlog(int count, int users, Duration age) {
        long seed = System.nanoTime();
        System.out.println("Backlog: seed " + seed + "L");
        SplittableRandom random = new SplittableRandom(seed);
        long first = System.currentTimeMillis() - age.toMillis();
        List<TestEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long time = first + i * (age.toMillis() / 2 / count);
            events.add(TestEvent.counted("e" + i, "user-" + random.nextInt(users), time));
        }
        return events;
    }

    /** An early conclusion would have needed an amendment, and so be one too many. */
    private static void assertConcludesOnce(
            List<TestEvent> events, long gap, ServiceOutputs outputs, ServiceProcess service) throws Exception {
        int sessions = ReferenceSessions.sessions(events, gap).size();
        outputs.await("All are concluded", PATIENCE, all -> all.concluded().size() >= sessions);
        service.stop();
        outputs.readToEnd(PATIENCE);
        OutputAudit audit = new OutputAudit(events, gap, outputs);
        audit.everyCountingEventIsStampedOnce();
        audit.everyEventCarriesTheIdOfItsSession();
        audit.everySessionIsConcludedAsTheReferenceHasIt();
        assertEquals(sessions, outputs.concluded().size(), "each session concludes once");
    }

    private static void signal(String signal, ServiceProcess service) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(service.pid())).start();
        assertEquals(0, kill.waitFor(), "exit code of kill " + signal);
    }

    private ServiceProcess service(TestCluster cluster, long gapMs) throws IOException {
        return new ServiceProcess(
                "outage",
                directory,
                cluster.properties(
                        "outage",
                        Map.of(
                                "session.inactivity.gap.ms", Long.toString(gapMs),
                                "idle.after.ms", Long.toString(IDLE_AFTER))));
    }
}
