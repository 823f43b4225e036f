package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceInstance;
import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import io.sessionizer.guarantee.support.TestEvent.TestEventKind;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that are older than an output topic keeps its records are in the output nevertheless, until it is read. */
class OldEventsAreKept {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final Map<String, String> EAGER_DELETION = Map.of(
            "log.retention.check.interval.ms", "200",
            "log.initial.task.delay.ms", "200");
    private static final Map<String, String> KEPT_FOR_A_MONTH = Map.of("retention.ms", Long.toString(30 * DAY));
    private static final String PROBE = "probe";
    private static final List<String> OUTPUTS =
            List.of(TestCluster.ENRICHED, TestCluster.CONCLUDED, TestCluster.DEAD_LETTER);

    @TempDir
    Path directory;

    private int probes;

    @ParameterizedTest
    @EnumSource
    void ofAYearAgo_inTopicsThatKeepAMonth(UserFrom userFrom) throws Exception {
        Map<String, String> settings = Map.of("application.id", "old");
        long yearAgo = System.currentTimeMillis() / 1000 * 1000 - 365 * DAY;
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1, EAGER_DELETION);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceInstance service =
                        switch (userFrom) {
                            case KEY -> new ServiceInstance("old", directory, cluster, settings);
                            case PAYLOAD -> ServiceInstance.rekeying("old", directory, cluster, settings);
                        }) {
            keepForAMonth(cluster);
            service.start();
            cluster.send(TestEvent.counted("1", "u", yearAgo));
            cluster.send(new TestEvent("2", "u", TestEventKind.BROKEN, yearAgo, yearAgo));
            cluster.send(TestEvent.counted("3", "other", yearAgo + 30 * MINUTE));
            cluster.flush();
            outputs.await(
                    "All is written",
                    PATIENCE,
                    seen -> seen.stamped().size() == 2
                            && seen.concluded().size() == 1
                            && seen.deadLetters().size() == 1);

            awaitDeletionOfOldRecords(cluster);

            Map<String, Long> firstOffsets = firstOffsets(cluster, OUTPUTS);
            OUTPUTS.forEach(topic -> assertEquals(0, firstOffsets.get(topic), topic));
            assertTrue(outputs.stamped().get(0).timestamp() > yearAgo + 364 * DAY);
            assertTrue(outputs.concluded().get(0).timestamp() > yearAgo + 364 * DAY);
            assertEquals(yearAgo / 1000, outputs.concluded().get(0).ts());
        }
    }

    private static void keepForAMonth(TestCluster cluster) throws InterruptedException, ExecutionException {
        cluster.admin()
                .createTopics(List.of(new NewTopic(PROBE, 1, (short) 1).configs(KEPT_FOR_A_MONTH)))
                .all()
                .get();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (String topic : OUTPUTS) {
            List<AlterConfigOp> month = new ArrayList<>();
            KEPT_FOR_A_MONTH.forEach((key, value) ->
                    month.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), month);
        }
        cluster.admin().incrementalAlterConfigs(changes).all().get();
    }

    /** Twice, so that at least one whole round of deletions came after all that was written before. */
    private void awaitDeletionOfOldRecords(TestCluster cluster) {
        for (int round = 0; round < 2; round++) {
            long yearAgo = System.currentTimeMillis() - 365 * DAY;
            cluster.produce(new ProducerRecord<>(PROBE, 0, yearAgo, null, TestCluster.bytes("old")));
            cluster.flush();
            probes++;
            PollingWait.until(
                    "The broker has deleted what is older than a month",
                    PATIENCE,
                    () -> firstOffsets(cluster, List.of(PROBE)).get(PROBE) == probes);
        }
    }

    private static Map<String, Long> firstOffsets(TestCluster cluster, List<String> topics) {
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        topics.forEach(topic -> earliest.put(new TopicPartition(topic, 0), OffsetSpec.earliest()));
        Map<String, Long> offsets = new HashMap<>();
        try {
            cluster.admin()
                    .listOffsets(earliest)
                    .all()
                    .get()
                    .forEach((partition, first) -> offsets.put(partition.topic(), first.offset()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return offsets;
    }
}
