package io.sessionizer.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ServiceOutputs;
import io.sessionizer.guarantee.support.ServiceOutputs.ConcludedRecord;
import io.sessionizer.guarantee.support.ServiceOutputs.DeadLetterRecord;
import io.sessionizer.guarantee.support.ServiceOutputs.EnrichedRecord;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.guarantee.support.TestEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bad record never stops the service, and none vanishes; an erased user is gone from every store. */
class BadInputStopsNothing {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = 3_600_000;
    private static final long GAP = 10_000;
    private static final String TRACE = "trace";

    @TempDir
    Path directory;

    private final long now = System.currentTimeMillis();
    private final List<BadRecord> bad = new ArrayList<>();

    /** A record that must come out as a dead letter, and why; {@code isTooLarge} even for a dead letter. */
    private record BadRecord(String reason, String key, String value, long recordTime, boolean isTooLarge) {
        BadRecord(String reason, String key, String value, long recordTime) {
            this(reason, key, value, recordTime, false);
        }
    }

    @BeforeEach
    void gatherWhatIsBad() {
        String end = "\"evtData\":{\"a\":1}}";
        bad.add(new BadRecord("MALFORMED_JSON", "bad", "{\"evtName\":\"a\"", now));
        bad.add(new BadRecord("NO_USER", null, "{\"evtName\":\"a\"," + end, now));
        bad.add(new BadRecord("NO_USER", "", "{\"evtName\":\"a\"," + end, now));
        bad.add(new BadRecord("NO_USER", null, null, now));
        bad.add(new BadRecord("NO_EVENT_NAME", "bad", "{" + end, now));
        bad.add(new BadRecord("BAD_TIMESTAMP", "bad", "{\"evtName\":\"a\",\"ts\":\"yesterday\"," + end, now));
        bad.add(new BadRecord("BAD_EVENT_DATA", "bad", "{\"evtName\":\"a\",\"evtData\":[]}", now));
        bad.add(new BadRecord("FUTURE_TIMESTAMP", "bad", "{\"evtName\":\"a\",\"ts\":" + (now + HOUR) + "," + end, now));
        String year9999 = "{\"evtName\":\"a\",\"ts\":\"9999-12-31T23:59:59Z\"," + end;
        bad.add(new BadRecord("FUTURE_TIMESTAMP", "bad", year9999, now));
        // the broker's limit is an hour
        bad.add(new BadRecord("FUTURE_TIMESTAMP", "bad", "{\"evtName\":\"a\"," + end, now + HOUR - 300_000));
        bad.add(new BadRecord("TOO_LARGE", "bad", "{\"evtName\":\"" + "n".repeat(4_800) + "\"}", now));
        // compressed, it fits the input topic
        bad.add(new BadRecord("TOO_LARGE", "bad", "{\"evtName\":\"" + "n".repeat(20_000) + "\"}", now, true));
    }

    @Test
    void deadLettersBadRecords_andProcessesTheRest() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster)) {
            limitTopics(cluster);
            List<TestEvent> good = new ArrayList<>();
            send(cluster, good, TestEvent.counted("g0", "of 2009", 1_240_000_000_000L));
            produce(cluster, "of 1970", "{\"evtName\":\"a\",\"ts\":0}", 0);
            produce(cluster, "uncounted", "{\"evtName\":\"App Installed\",\"ts\":\"nonsense\",\"evtData\":[]}", now);
            produce(cluster, "fed back", "{\"evtName\":\"Session Concluded\",\"ts\":" + (now + HOUR) + "}", now);
            for (BadRecord each : bad) {
                send(cluster, good, TestEvent.counted("g" + good.size(), "good", now));
                produce(cluster, each.key(), each.value(), each.recordTime());
            }
            cluster.flush();
            service.start();
            outputs.await(
                    "All users' sessions conclude",
                    PATIENCE,
                    all -> all.concluded().size() >= 3);
            assertUndisturbed(service);
            service.stop();
            outputs.readToEnd(PATIENCE);
            assertConcluded(outputs.concluded());
            assertEquals(good.size() + 1, outputs.stamped().size());
            for (EnrichedRecord stamped : outputs.stamped()) {
                assertTrue(stamped.session().isPresent(), () -> "a stamp in " + stamped);
                assertTrue(
                        stamped.timestamp() > now - 24 * HOUR, () -> "a timestamp that the topic takes in " + stamped);
            }
            assertDeadLetters(outputs.deadLetters());
        }
    }

    @Test
    void forgetsAnErasedUser_inEveryStore() throws Exception {
        try (TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
                ServiceOutputs outputs = new ServiceOutputs(cluster);
                ServiceProcess service = service(cluster)) {
            service.start();
            cluster.send(TestEvent.counted("erased", "erased", System.currentTimeMillis()));
            outputs.await("The event is stamped", PATIENCE, all -> all.stamped().size() == 1);
            assertEquals(List.of(), outputs.concluded());
            produce(cluster, "erased", null, now);
            cluster.send(TestEvent.counted("kept", "kept", System.currentTimeMillis()));
            outputs.await(
                    "The user who stays is concluded",
                    PATIENCE,
                    all -> !all.concluded().isEmpty());
            assertUndisturbed(service);
            service.stop();
            outputs.readToEnd(PATIENCE);
            assertEquals(
                    List.of("kept"),
                    outputs.concluded().stream().map(ConcludedRecord::user).toList());
            assertEquals(List.of(), outputs.deadLetters());
            assertGone("bad-input-timelines-changelog", "erased", cluster);
        }
    }

    private void produce(TestCluster cluster, String key, String value, long recordTime) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                TestCluster.EVENTS,
                0,
                recordTime,
                key == null ? null : TestCluster.bytes(key),
                value == null ? null : TestCluster.bytes(value));
        record.headers().add(TRACE, TestCluster.bytes(String.valueOf(value).substring(0, 4)));
        cluster.produce(record);
    }

    private static void send(TestCluster cluster, List<TestEvent> sent, TestEvent event) {
        sent.add(event);
        cluster.send(event);
    }

    private void assertConcluded(List<ConcludedRecord> concluded) {
        assertEquals(
                List.of(
                        "good from " + now / 1000 + ", events " + bad.size() + ", revision 1",
                        "of 1970 from 0, events 1, revision 1",
                        "of 2009 from 1240000000, events 1, revision 1"),
                concluded.stream()
                        .map(session -> session.user() + " from " + session.start() + ", events " + session.events()
                                + ", revision " + session.revision())
                        .sorted()
                        .toList());
        assertTrue(concluded.stream().allMatch(session -> session.timestamp() > now - 24 * HOUR));
    }

    private void assertDeadLetters(List<DeadLetterRecord> letters) {
        assertEquals(bad.size(), letters.size());
        for (int i = 0; i < bad.size(); i++) {
            BadRecord expected = bad.get(i);
            DeadLetterRecord letter = letters.get(i);
            Map<String, String> headers = new HashMap<>(letter.headers());
            String detail = headers.remove("dead-letter-detail");
            assertTrue(detail.length() > 20 && detail.length() < 300, detail);
            assertEquals(detail, headers.remove("__streams.errors.message"));
            for (String place : List.of("topic", "partition", "offset")) {
                assertEquals(headers.get("dead-letter-" + place), headers.remove("__streams.errors." + place));
            }
            assertEquals(
                    Map.of(
                            TRACE,
                            String.valueOf(expected.value()).substring(0, 4),
                            "dead-letter-reason",
                            expected.reason(),
                            "dead-letter-topic",
                            TestCluster.EVENTS,
                            "dead-letter-partition",
                            "0",
                            "dead-letter-offset",
                            // four records before the first, one before each
                            Integer.toString(5 + 2 * i)),
                    headers);
            assertEquals(Optional.ofNullable(expected.key()), letter.key());
            assertEquals(
                    expected.isTooLarge() ? Optional.empty() : Optional.ofNullable(expected.value()), letter.value());
        }
    }

    private static void assertUndisturbed(ServiceProcess service) {
        assertTrue(service.isAlive(), "the service runs");
        assertFalse(service.log().contains("crashed"), service::log);
    }

    /** The last record of each key that contains the user is a tombstone, and there is such a key. */
    private static void assertGone(String changelog, String user, TestCluster cluster) {
        Map<String, byte[]> last = new HashMap<>();
        TopicPartition partition = new TopicPartition(changelog, 0);
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    last.put(new String(record.key(), StandardCharsets.ISO_8859_1), record.value());
                }
            }
        }
        List<String> keys =
                last.keySet().stream().filter(key -> key.endsWith(user)).toList();
        assertFalse(keys.isEmpty(), () -> changelog + " has known " + user);
        keys.forEach(key -> assertNull(last.get(key), () -> changelog + " remembers " + user));
    }

    /** As another team may have set them. */
    private static void limitTopics(TestCluster cluster) throws Exception {
        Map<String, Map<String, String>> limits = Map.of(
                TestCluster.EVENTS, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "5000"),
                TestCluster.ENRICHED,
                        Map.of(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                "5000",
                                TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                                Long.toString(24 * HOUR)),
                TestCluster.CONCLUDED,
                        Map.of(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(24 * HOUR)),
                TestCluster.DEAD_LETTER, Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "10000"));
        Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new HashMap<>();
        limits.forEach((topic, configs) -> changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                configs.entrySet().stream()
                        .map(config -> new AlterConfigOp(
                                new ConfigEntry(config.getKey(), config.getValue()), AlterConfigOp.OpType.SET))
                        .toList()));
        cluster.admin().incrementalAlterConfigs(changes).all().get();
    }

    private ServiceProcess service(TestCluster cluster) throws IOException {
        return new ServiceProcess(
                "bad-input",
                directory,
                cluster.properties(
                        "bad-input", Map.of("session.inactivity.gap.ms", Long.toString(GAP), "idle.after.ms", "1000")));
    }
}
