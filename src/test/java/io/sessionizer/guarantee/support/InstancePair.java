package io.sessionizer.guarantee.support;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two instances that share four partitions equally, with a standby of each, on a broker of their own. Sessions are short,
 * and conclude soon in silence, so that a test need not wait for them.
 *
 * @param cluster the broker
 * @param outputs what the instances write
 * @param one the first instance
 * @param two the second
 * @param sent how many events were sent to them
 */
public record InstancePair(
        TestCluster cluster, ServiceOutputs outputs, ServiceProcess one, ServiceProcess two, AtomicInteger sent)
        implements AutoCloseable {
    public static final long GAP_MS = 5_000;
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.of(
            "session.inactivity.gap.ms",
            "" + GAP_MS,
            "idle.after.ms",
            "1000",
            "num.standby.replicas",
            "1",
            "acceptable.recovery.lag",
            "1000000",
            "num.stream.threads",
            "1",
            "session.timeout.ms",
            "6000",
            "heartbeat.interval.ms",
            "1000");

    /**
     * Starts them, and waits until both run.
     *
     * @param name of the group, and of the instances with {@code -one} and {@code -two} behind it
     */
    public static InstancePair start(Path directory, String name) throws Exception {
        TestCluster cluster = TestCluster.start(directory.resolve("broker"), 4);
        InstancePair both = new InstancePair(
                cluster,
                new ServiceOutputs(cluster),
                new ServiceProcess(name + "-one", directory, cluster.properties(name, SETTINGS)),
                new ServiceProcess(name + "-two", directory, cluster.properties(name, SETTINGS)),
                new AtomicInteger());
        try {
            both.startInstances(name);
        } catch (IOException | RuntimeException | Error e) {
            both.close();
            throw e;
        }
        return both;
    }

    private void startInstances(String name) throws IOException {
        one.start();
        two.start();
        PollingWait.until(
                "Each instance holds half of the partitions",
                PATIENCE,
                () -> cluster.partitionsOf(name, name + "-one").size() == 2
                        && cluster.partitionsOf(name, name + "-two").size() == 2);
        one.awaitRunning(PATIENCE);
        two.awaitRunning(PATIENCE);
    }

    /** Sends a session of so many seconds, an event each 5 s. */
    public void session(String user, LocalDate day, String time, int seconds) {
        long start = day.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC).toEpochMilli();
        for (long at = 0; at <= seconds * 1_000; at += GAP_MS) {
            cluster.send(TestEvent.counted("e" + sent.getAndIncrement(), user.replace("\"", "\\\""), start + at), user);
        }
        cluster.flush();
    }

    public Map<Integer, String> oneUserOfEachPartition() {
        Map<Integer, String> users = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            session("anywhere " + i, LocalDate.now(ZoneOffset.UTC), "00:00:00", 0);
        }
        outputs.await("Each partition has a user", PATIENCE, seen -> {
            seen.stamped().stream()
                    .filter(event -> event.user().startsWith("anywhere"))
                    .forEach(event -> users.putIfAbsent(event.partition(), event.user()));
            return users.size() == 4;
        });
        return users;
    }

    public String stampOf(String user, String id) {
        cluster.send(TestEvent.counted(id, user, System.currentTimeMillis()));
        cluster.flush();
        outputs.await(
                "The event passes",
                PATIENCE,
                seen -> seen.stamped().stream().anyMatch(event -> event.id().equals(id)));
        return outputs.stamped().stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .flatMap(ServiceOutputs.EnrichedRecord::session)
                .orElse(null);
    }

    public static void awaitTracking(ServiceProcess service, boolean active) {
        PollingWait.until(
                "The other instance follows",
                PATIENCE,
                () -> ApiClient.get(service.url() + "/api/settings")
                                .body()
                                .path("tracking")
                                .path("active")
                                .asBoolean()
                        == active);
    }

    @Override
    public void close() {
        one.close();
        two.close();
        outputs.close();
        cluster.close();
    }
}
