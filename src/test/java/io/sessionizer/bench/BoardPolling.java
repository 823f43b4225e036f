package io.sessionizer.bench;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.RandomTraffic;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What polling a Session Board 50 times a second costs the stream: processes the same events again and again, in pairs of
 * rounds with and without polling, each in a new process with a new state. The poller and the broker share the machine.
 */
public final class BoardPolling {
    private static final int PAIRS = 6;
    private static final int EVENTS = 800_000;
    private static final int POLLS_PER_SECOND = 50;
    private static final long HOUR = 3_600_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The JIT compiler and the assignment need a while, and at the end partitions run dry one by one. */
    private static final double FROM = 0.3;

    private static final double TO = 0.95;

    private final TestCluster cluster;
    private final Path directory;

    private BoardPolling(TestCluster cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("board-polling-");
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 4)) {
            new BoardPolling(cluster, directory).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        RandomTraffic traffic = new RandomTraffic(
                1, new RandomTraffic.TrafficShape(20_000, System.currentTimeMillis() - 20 * HOUR, 80, HOUR / 3));
        traffic.make(EVENTS, cluster::send);
        cluster.flush();
        double[] ratios = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean isPolledFirst = pair % 2 == 1;
            double first = eventsPerSecond("round-" + pair + "a", isPolledFirst);
            double second = eventsPerSecond("round-" + pair + "b", !isPolledFirst);
            ratios[pair] = isPolledFirst ? first / second : second / first;
            System.out.printf(
                    "pair %d: %,.0f events/s without, %,.0f with, ratio %.3f%n",
                    pair, isPolledFirst ? second : first, isPolledFirst ? first : second, ratios[pair]);
        }
        Arrays.sort(ratios);
        System.out.printf(
                "polled %d times a second: median ratio %.3f, from %.3f to %.3f%n",
                POLLS_PER_SECOND, (ratios[PAIRS / 2 - 1] + ratios[PAIRS / 2]) / 2, ratios[0], ratios[PAIRS - 1]);
    }

    private double eventsPerSecond(String name, boolean isPolled) throws Exception {
        try (ServiceProcess service = new ServiceProcess(
                name, directory, cluster.properties(name, Map.of("num.stream.threads", "2", "http.port", "0")))) {
            service.start();
            service.awaitRunning(PATIENCE);
            List<AutoCloseable> poller = new ArrayList<>();
            AtomicInteger responses = new AtomicInteger();
            if (isPolled) {
                poller.add(poll(service.url() + "/api/board", responses));
            }
            long started = awaitCommitted(name, FROM);
            int before = responses.get();
            long ended = awaitCommitted(name, TO);
            double seconds = (ended - started) / 1e9;
            if (isPolled) {
                System.out.printf("  answered %.1f times a second%n", (responses.get() - before) / seconds);
            }
            for (AutoCloseable one : poller) {
                one.close();
            }
            service.stop();
            return EVENTS * (TO - FROM) / seconds;
        }
    }

    private static AutoCloseable poll(String url, AtomicInteger responses) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        thread.scheduleAtFixedRate(
                () -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .thenAccept(answer -> responses.addAndGet(answer.statusCode() == 200 ? 1 : 0)),
                0,
                1_000_000 / POLLS_PER_SECOND,
                TimeUnit.MICROSECONDS);
        return thread::shutdownNow;
    }

    /** Waits until the service has committed this share of all events; when that was seen, in ns. */
    private long awaitCommitted(String group, double share) {
        PollingWait.until(group + " has worked off " + share, PATIENCE, () -> committed(group) >= share * EVENTS);
        return System.nanoTime();
    }

    private long committed(String group) {
        try {
            return cluster
                    .admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
