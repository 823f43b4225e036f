package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.StatsRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each instance receives the statistics of all partitions, whichever instance owns them, as they are published and, after
 * a restart, before it is ready. The stores have them too: a topic that was deleted is written again.
 */
class EveryInstanceSeesTheWholeBoard {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOARD = "session-board";
    private static final long HOUR = 3_600_000;
    private static final Map<String, String> SETTINGS = Map.of("application.id", "board", "num.stream.threads", "1");

    @TempDir
    Path directory;

    @Test
    void whileItRuns_andAfterARestart() throws Exception {
        long time = System.currentTimeMillis() - 10 * HOUR;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance one = new ServiceInstance("one", directory, cluster, SETTINGS).start();
                ServiceInstance two = new ServiceInstance("two", directory, cluster, SETTINGS).start()) {
            one.awaitReady();
            two.awaitReady();
            cluster.sendToAll(TestEvent.counted("e1", "u", time));
            cluster.sendToAll(TestEvent.counted("e2", "u", time + 60_000));
            cluster.sendToAll(TestEvent.counted("e3", "u", time + HOUR));
            outputs.await(
                    "Sessions conclude", PATIENCE, seen -> seen.concluded().size() == PARTITIONS);
            awaitSessions(one, PARTITIONS);
            awaitSessions(two, PARTITIONS);
            one.stop();
            two.stop();
            one.start();
            one.awaitReady();
            assertEquals(PARTITIONS, sessions(one));
            assertTrue(one.rows().stream().allMatch(row -> row.partition() < PARTITIONS));
        }
    }

    @Test
    void afterTheTopicWasDeleted() throws Exception {
        long time = System.currentTimeMillis() - 10 * HOUR;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceInstance one = new ServiceInstance("one", directory, cluster, SETTINGS).start()) {
            for (int hour = 0; hour <= 3; hour++) {
                cluster.sendToAll(TestEvent.counted("e" + hour, "u", time + hour * HOUR));
            }
            awaitSessions(one, 3 * PARTITIONS);
            one.stop();
            Map<String, StatsRow.QuarterHourRow> before = latest(one);
            assertTrue(before.size() > 3 * PARTITIONS, "rows. Found: " + before.size());
            cluster.admin().deleteTopics(List.of(BOARD)).all().get();
            PollingWait.until(
                    "The topic is deleted", PATIENCE, () -> !topics(cluster).contains(BOARD));
            one.start();
            PollingWait.until(
                    "It publishes all rows again", PATIENCE, () -> latest(one).equals(before));
        }
    }

    /** A client that may write the topic could otherwise fill the memory of every instance. */
    @Test
    void withoutRowsThatTheServiceCannotHaveWritten() throws Exception {
        long now = QuarterHour.of(System.currentTimeMillis());
        StatsRow possible = new StatsRow.ExpiredRow(0, now);
        List<StatsRow> foreign = List.of(
                new StatsRow.ExpiredRow(PARTITIONS, now),
                new StatsRow.LiveRow(PARTITIONS, new OpenCounts(7, 7), Optional.empty()),
                new StatsRow.ExpiredRow(0, now + 100));
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                ServiceInstance one = new ServiceInstance("one", directory, cluster, SETTINGS).start();
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", cluster.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            one.awaitReady();
            Stream.concat(foreign.stream(), Stream.of(possible))
                    .forEach(row -> producer.send(new ProducerRecord<>(
                            BOARD,
                            0,
                            StatsRowCodec.key("board", row),
                            StatsRowCodec.value(row).orElse(null))));
            PollingWait.until("It sees the last row", PATIENCE, () -> one.rows().contains(possible));
            assertTrue(
                    one.rows().stream().noneMatch(foreign::contains),
                    () -> one.rows().toString());
        }
    }

    private static Set<String> topics(TestCluster cluster) {
        return TestApplication.await(cluster.admin().listTopics().names());
    }

    private static void awaitSessions(ServiceInstance instance, int sessions) {
        PollingWait.until("It sees all sessions", PATIENCE, () -> sessions(instance) == sessions);
    }

    private static long sessions(ServiceInstance instance) {
        return latest(instance).values().stream()
                .mapToLong(row -> row.stats().sessions().sessions())
                .sum();
    }

    /** The last row of each quarter-hour of each partition. */
    private static Map<String, StatsRow.QuarterHourRow> latest(ServiceInstance instance) {
        Map<String, StatsRow.QuarterHourRow> latest = new HashMap<>();
        for (StatsRow row : instance.rows()) {
            if (row instanceof StatsRow.QuarterHourRow counted) {
                latest.put(counted.partition() + "/" + counted.quarterHour(), counted);
            }
        }
        return latest;
    }
}
