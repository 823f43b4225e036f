package io.sessionizer.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.kafka.client.InputGaps;
import io.sessionizer.kafka.client.ProgressMonitor;
import io.sessionizer.kafka.client.StreamThreads;
import io.sessionizer.kafka.client.StreamsClients;
import io.sessionizer.kafka.client.TaskCommits;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.StreamsProperties;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.state.StateStores;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.task.InputScope;
import io.sessionizer.kafka.task.InstanceScope;
import io.sessionizer.kafka.task.Now;
import io.sessionizer.kafka.task.TestScopes;
import io.sessionizer.kafka.topics.ReadyTopics;
import io.sessionizer.kafka.topics.Startup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of stream threads and commits on a real broker. */
@Timeout(180)
@Tag("long")
class StreamProgressIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MINUTE = 61;
    private static final String APPLICATION = "progress";

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private final TaskCommits commits = new TaskCommits(nanos::get);
    private final StreamThreads threads = new StreamThreads(300_000);
    private final ProgressMonitor monitor = new ProgressMonitor(threads, commits);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    /** Where the stream thread waits within the processing of its first event. */
    private final CountDownLatch processing = new CountDownLatch(1);

    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void namesAThreadThatHangsInAProcessor_untilItMoves() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                KafkaStreams streams = start(cluster, "exactly_once_v2", StateStores.ofSessions())) {
            PollingWait.until("it runs", PATIENCE, () -> streams.state() == KafkaStreams.State.RUNNING);
            check();
            assertEquals(Optional.empty(), monitor.livenessProblem());
            cluster.send(TestEvent.counted("u", "1", System.currentTimeMillis()));
            processing.await();
            check();
            String thread = streams.metadataForLocalThreads().iterator().next().threadName();
            assertEquals(
                    Optional.of("Stream thread(s) have not moved for a minute: " + thread + "."),
                    monitor.livenessProblem());
            released.countDown();
            PollingWait.until(
                    "it moves", PATIENCE, () -> monitor.livenessProblem().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
    void namesAPartitionWhoseCommitHangs_untilItCommits(String guarantee) throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                KafkaStreams streams = start(cluster, guarantee, StateStores.ofSessions())) {
            cluster.send(TestEvent.counted("u", "1", System.currentTimeMillis()));
            processing.await();
            cluster.stopBroker();
            released.countDown();
            nanos.addAndGet(Duration.ofSeconds(31).toNanos());
            PollingWait.until(
                    "a commit waits for the broker",
                    PATIENCE,
                    () -> threads.waitingForBroker().stream().anyMatch(name -> name.contains("StreamThread")));
            assertEquals(Optional.of("No commit for 30 s for partition(s) 0."), monitor.readinessProblem());
            check();
            assertEquals(Optional.empty(), monitor.livenessProblem(), "a restart would not help");
            cluster.startBroker();
            PollingWait.until(
                    "it commits", PATIENCE, () -> monitor.readinessProblem().isEmpty() && commits.isSettled(0));
            assertEquals(KafkaStreams.State.RUNNING, streams.state());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
    void shutsDownBeforeACommitThatWouldLoseState(String guarantee) throws Exception {
        released.countDown();
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                KafkaStreams streams = start(cluster, guarantee, CommitGuardTest.SilentCommitSignal.stores())) {
            cluster.send(TestEvent.counted("u", "1", System.currentTimeMillis()));
            PollingWait.until("it shuts down", PATIENCE, () -> streams.state() == KafkaStreams.State.ERROR);
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.element().startsWith("events-0: changed state must be stored before a commit."));
            assertEquals(
                    Map.of(),
                    cluster.admin()
                            .listConsumerGroupOffsets(APPLICATION)
                            .partitionsToOffsetAndMetadata()
                            .get());
        }
    }

    /** As a minute of the monitor's schedule, while nothing moves on its own. */
    private void check() {
        for (int second = 0; second < MINUTE; second++) {
            monitor.check();
        }
    }

    private KafkaStreams start(TestCluster cluster, String guarantee, Set<StoreBuilder<?>> stores) throws Exception {
        SessionizerSettings settings = TestSettings.of(
                UserFrom.KEY,
                Uncounted.DROP,
                Map.of(
                        "bootstrap.servers",
                        cluster.bootstrapServers(),
                        "application.id",
                        APPLICATION,
                        "state.dir",
                        directory.resolve("state").toString(),
                        "processing.guarantee",
                        guarantee,
                        "num.stream.threads",
                        "1"));
        StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings));
        ReadyTopics topics = Startup.prepare(settings, config);
        InstanceScope scope = new InstanceScope(
                settings,
                topics,
                new Now(System::currentTimeMillis, System::nanoTime, this::isTrackingOnceReleased),
                new Counters(commits),
                new CacheBudget(1 << 20));
        InputScope input = TestScopes.input(scope, StreamDriver.reads());
        KafkaStreams streams = new KafkaStreams(
                new SessionTopology(scope, input, stores).build(config),
                config,
                new StreamsClients(threads, commits, new InputGaps("events", deleted -> {}, () -> {})));
        streams.setUncaughtExceptionHandler(new ThreadFailures(failure -> {}, lines::add, 100, System::nanoTime));
        streams.start();
        return streams;
    }

    private boolean isTrackingOnceReleased() {
        processing.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
