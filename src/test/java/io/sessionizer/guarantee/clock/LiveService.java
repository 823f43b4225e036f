package io.sessionizer.guarantee.clock;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.guarantee.support.TestTopics;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.SessionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A service in this JVM whose clocks follow the wall clock, and its brokers, with two partitions. */
public final class LiveService implements AutoCloseable {
    public static final int PARTITIONS = 2;
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    public static final long GAP = 5_000;
    static final long IDLE_AFTER = 2_000;
    static final long STALLED_AFTER = 4_000;

    /** A question a second, and a look at the answers; then the commits that a reader waits for, on a busy machine. */
    public static final long LATEST = 2_000 + 2_500;

    final TestTopics cluster;
    final ServiceOutputs outputs;
    final Sessionizer sessionizer;

    private LiveService(TestTopics cluster, Sessionizer sessionizer) {
        this.cluster = cluster;
        this.outputs = new ServiceOutputs(cluster);
        this.sessionizer = sessionizer;
    }

    /** Starts it, and waits until the clocks of both partitions are the wall clock. */
    static LiveService start(Path directory, UserFrom userFrom, long gapMs, LongSupplier wall) throws Exception {
        return awaitedLive(startWithoutRecords(directory, userFrom, gapMs, wall), gapMs);
    }

    /** Starts it on an empty topic. */
    static LiveService startWithoutRecords(Path directory, UserFrom userFrom, long gapMs, LongSupplier wall)
            throws Exception {
        TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
        return started(cluster, settings(cluster, directory, userFrom, gapMs, STALLED_AFTER), wall);
    }

    /**
     * Starts it on these brokers, which it closes.
     *
     * @param cluster with {@value #PARTITIONS} partitions
     * @param stalledAfterMs setting of this name
     */
    public static LiveService on(TestTopics cluster, Path directory, UserFrom userFrom, long stalledAfterMs) {
        SessionizerSettings settings = settings(cluster, directory, userFrom, GAP, stalledAfterMs);
        return awaitedLive(started(cluster, settings, System::currentTimeMillis), GAP);
    }

    private static SessionizerSettings settings(
            TestTopics cluster, Path directory, UserFrom userFrom, long gapMs, long stalledAfterMs) {
        return TestSettings.of(
                userFrom,
                Uncounted.DROP,
                new SessionRules(gapMs, 24 * 60 * TestSettings.MINUTE, 1_000),
                new ClockSettings(IDLE_AFTER, 5 * TestSettings.MINUTE, stalledAfterMs),
                Map.of(
                        "bootstrap.servers", cluster.bootstrapServers(),
                        "application.id", "live",
                        "state.dir", directory.resolve("state").toString(),
                        "num.stream.threads", "1",
                        "commit.interval.ms", "100"));
    }

    private static LiveService started(TestTopics cluster, SessionizerSettings settings, LongSupplier wall) {
        LiveService service = new LiveService(cluster, new Sessionizer(settings, row -> {}, wall));
        try {
            service.sessionizer.start();
        } catch (RuntimeException | Error e) {
            service.close();
            throw e;
        }
        return service;
    }

    private static LiveService awaitedLive(LiveService service, long gapMs) {
        try {
            service.awaitLive(gapMs);
        } catch (RuntimeException | Error e) {
            service.close();
            throw e;
        }
        return service;
    }

    private void awaitLive(long gapMs) {
        long past = System.currentTimeMillis() - 2 * gapMs;
        send(0, "probe-0", past);
        send(1, "probe-1", past);
        outputs.await("It is live", PATIENCE, seen -> hasConcluded("probe-0") && hasConcluded("probe-1"));
    }

    /** Reads on until the user's session has concluded, and returns when that was seen, epoch ms. */
    public long awaitConcluded(String user) {
        outputs.await(user + "'s session has concluded", PATIENCE, seen -> hasConcluded(user));
        return seenAt(user);
    }

    boolean hasConcluded(String user) {
        return outputs.concluded().stream().anyMatch(each -> each.user().equals(user));
    }

    long conclusions(String user) {
        return outputs.concluded().stream()
                .filter(each -> each.user().equals(user))
                .count();
    }

    /** When the user's session was first seen as concluded, epoch ms. */
    long seenAt(String user) {
        return outputs.concluded().stream()
                .filter(each -> each.user().equals(user))
                .findFirst()
                .orElseThrow()
                .seenAt();
    }

    /** Sends an event of this time, whose record has it too, but is not later than now. */
    public void send(int partition, String user, long time) {
        TestEvent event = TestEvent.counted("e", user, time);
        produce(partition, Math.min(time, System.currentTimeMillis()), user, event.json());
    }

    void produce(int partition, long recordTime, String key, String value) {
        cluster.produce(record(partition, recordTime, key, value));
    }

    static ProducerRecord<byte[], byte[]> record(int partition, long recordTime, String key, String value) {
        return new ProducerRecord<>(
                TestCluster.EVENTS,
                partition,
                recordTime,
                TestCluster.bytes(key),
                value == null ? null : TestCluster.bytes(value));
    }

    @Override
    public void close() {
        sessionizer.close();
        outputs.close();
        cluster.close();
    }
}
