package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class WritableTopicTest {
    private static final Map<String, String> KAFKAS_DEFAULTS = Map.of(
            "min.insync.replicas",
            "1",
            "message.timestamp.type",
            "CreateTime",
            "message.timestamp.before.max.ms",
            Long.toString(Long.MAX_VALUE),
            "message.timestamp.after.max.ms",
            "3600000");

    @Test
    void acceptsKafkasDefaults() {
        assertEquals(List.of(), problems(1, Map.of()));
    }

    @Test
    void refusesFewerReplicasThanAWriteWaitsFor() {
        assertEquals(List.of(), problems(2, Map.of("min.insync.replicas", "2")));
        assertEquals(
                List.of(
                        "enriched.topic: min.insync.replicas must be at most the number of replicas, 1, or no record can"
                                + " be written; lower it with kafka-configs --alter, or add replicas. Found: enriched-events"
                                + " with min.insync.replicas=2"),
                problems(1, Map.of("min.insync.replicas", "2")));
    }

    @Test
    void refusesLimitsThatTheTimeOfTheWriteMayExceed() {
        assertEquals(
                List.of(),
                problems(
                        1,
                        Map.of(
                                "message.timestamp.before.max.ms",
                                "180000",
                                "message.timestamp.after.max.ms",
                                "60000")));
        assertEquals(
                List.of(
                        "enriched.topic: message.timestamp.before.max.ms must be at least 180000, since clocks differ"
                                + " and records are in transit for a while; raise it with kafka-configs --alter."
                                + " Found: enriched-events with 179999",
                        "enriched.topic: message.timestamp.after.max.ms must be at least 60000, since clocks differ"
                                + " and records are in transit for a while; raise it with kafka-configs --alter."
                                + " Found: enriched-events with 59999"),
                problems(
                        1,
                        Map.of(
                                "message.timestamp.before.max.ms",
                                "179999",
                                "message.timestamp.after.max.ms",
                                "59999")));
    }

    @Test
    void acceptsAnyLimit_whereTheTimestampIsTheBrokersOwn() {
        assertEquals(
                List.of(),
                problems(1, Map.of("message.timestamp.type", "LogAppendTime", "message.timestamp.after.max.ms", "1")));
    }

    private static List<String> problems(int replicas, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(KAFKAS_DEFAULTS);
        all.putAll(settings);
        Config config = new Config(all.entrySet().stream()
                .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                .toList());
        return new WritableTopic("enriched.topic", "enriched-events", replicas, config).problems();
    }
}
