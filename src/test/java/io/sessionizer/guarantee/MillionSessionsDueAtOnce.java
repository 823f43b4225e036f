package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many sessions that are due at the same time conclude in bounded batches: without a missed poll or an aborted
 * transaction, and while new events are still stamped.
 */
@Tag("alone")
class MillionSessionsDueAtOnce {
    private static final int SESSIONS = 1_000_000;
    private static final int PARTITIONS = 2;
    private static final int PROBES = 2_000;
    private static final long GAP = 20 * 60_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Includes commits and other load of the machine; unbounded due work takes far longer. */
    private static final long LONGEST_WAIT_MS = 5_000;

    @TempDir
    Path directory;

    @Test
    void concludesEachOnce_whileStampingContinues() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), PARTITIONS);
                OutputCount tally = new OutputCount(cluster)) {
            sendSessions(cluster);
            try (Sessionizer service = new Sessionizer(settings(cluster), row -> {})) {
                service.start();
                tally.await("All are stamped", () -> tally.stamped == SESSIONS);
                assertEquals(0, tally.concluded.cardinality());
                concludeUndisturbed(cluster, tally);
            }
            tally.readToEnd();
            assertEquals(SESSIONS, tally.concluded.cardinality());
            assertEquals(SESSIONS, tally.conclusions, "Session Concluded, each once");
        }
    }

    /** One event a session, all within the gap, so that nothing is due yet. */
    private static void sendSessions(TestCluster cluster) {
        long first = System.currentTimeMillis() - 3 * GAP;
        for (int user = 0; user < SESSIONS; user++) {
            send(cluster, Integer.toString(user), first + user / 1000, user % PARTITIONS);
        }
        cluster.flush();
    }

    private static void concludeUndisturbed(TestCluster cluster, OutputCount tally) throws Exception {
        double rebalances = rebalances();
        double abortNanos = abortNanos();
        assertTrue(rebalances > 0, "the metrics are those of this service");
        long started = System.nanoTime();
        long longestWait = stampProbesUntilConcluded(cluster, tally);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "MillionSessionsDueAtOnce: %.0f sessions/s concluded; new events waited for %d ms at most meanwhile%n",
                SESSIONS / seconds, longestWait);
        assertEquals(rebalances, rebalances(), "rebalances, as follow a missed poll");
        assertEquals(abortNanos, abortNanos(), "time spent aborting transactions");
        assertTrue(longestWait < LONGEST_WAIT_MS, () -> "a new event waited for " + longestWait + " ms");
    }

    /**
     * The first new event of each partition moves its clock past all sessions. Many come at a time, so that the service has
     * polled more than it handles between two slices. Returns the longest wait for all of their stamps, in ms.
     */
    private static long stampProbesUntilConcluded(TestCluster cluster, OutputCount tally) {
        long longestWait = 0;
        while (tally.concluded.cardinality() < SESSIONS) {
            int after = tally.probes + PROBES;
            long sent = System.currentTimeMillis();
            for (int probe = 0; probe < PROBES; probe++) {
                send(cluster, OutputCount.PROBE + probe, sent, probe % PARTITIONS);
            }
            cluster.flush();
            tally.await("New events are stamped", () -> tally.probes == after);
            longestWait = Math.max(longestWait, System.currentTimeMillis() - sent);
        }
        return longestWait;
    }

    private static void send(TestCluster cluster, String user, long time, int partition) {
        byte[] event = TestCluster.bytes("{\"evtName\":\"a\",\"ts\":" + time + "}");
        cluster.produce(new ProducerRecord<>(TestCluster.EVENTS, partition, time, TestCluster.bytes(user), event));
    }

    private static double rebalances() throws Exception {
        return total("consumer", "consumer-coordinator-metrics", "rebalance-total")
                + total("consumer", "consumer-coordinator-metrics", "failed-rebalance-total");
    }

    private static double abortNanos() throws Exception {
        return total("producer", "producer-metrics", "txn-abort-time-ns-total");
    }

    /** The sum of a metric over all Kafka clients of this JVM. */
    private static double total(String client, String type, String metric) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double total = 0;
        for (ObjectName name : beans.queryNames(new ObjectName("kafka." + client + ":type=" + type + ",*"), null)) {
            total += (Double) beans.getAttribute(name, metric);
        }
        return total;
    }

    private SessionizerSettings settings(TestCluster cluster) {
        return new SessionizerSettings(
                new SessionizerSettings.InputSettings(
                        SessionizerSettings.UserFrom.KEY,
                        SessionizerSettings.Uncounted.DROP,
                        FormatPreset.CLEVERTAP.format(),
                        true,
                        false),
                TestSettings.RULES,
                new SessionizerSettings.ClockSettings(3 * GAP, GAP, 900_000),
                TestSettings.topics(true),
                new SessionizerSettings.RuntimeSettings(
                        20_000,
                        0,
                        128L << 20,
                        false,
                        Map.of(
                                "bootstrap.servers", cluster.bootstrapServers(),
                                "application.id", "million",
                                "processing.guarantee", "exactly_once_v2",
                                "state.dir", directory.resolve("state").toString(),
                                "num.stream.threads", "2",
                                // so short that a thread which does not poll while it concludes sessions would leave
                                // the group
                                "max.poll.interval.ms", "10000")));
    }

    /** Counts what a read-committed consumer sees, without keeping it. */
    private static final class OutputCount implements AutoCloseable {
        static final String PROBE = "probe-";

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final BitSet concluded = new BitSet(SESSIONS);
        private int conclusions;
        private int stamped;
        private int probes;

        OutputCount(TestCluster cluster) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            cluster.bootstrapServers(),
                            "isolation.level",
                            "read_committed",
                            "max.poll.records",
                            "10000"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            Set<TopicPartition> partitions = new HashSet<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.addAll(List.of(
                        new TopicPartition(TestCluster.ENRICHED, i), new TopicPartition(TestCluster.CONCLUDED, i)));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        void await(String what, BooleanSupplier condition) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(what + ": must be so within " + PATIENCE + ". Found: " + stamped
                            + " stamped, " + probes + " of the new, " + conclusions + " concluded");
                }
                readOn();
            }
        }

        /** Once the service has ended. */
        void readToEnd() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            await(
                    "All is read",
                    () -> ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue()));
        }

        private void readOn() {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                String user = new String(record.key(), StandardCharsets.US_ASCII);
                if (record.topic().equals(TestCluster.CONCLUDED)) {
                    concluded.set(Integer.parseInt(user));
                    conclusions++;
                } else if (user.startsWith(PROBE)) {
                    probes++;
                } else {
                    stamped++;
                }
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
