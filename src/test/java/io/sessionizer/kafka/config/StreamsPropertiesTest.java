package io.sessionizer.kafka.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    private static final String RECORDS = ConsumerConfig.MAX_POLL_RECORDS_CONFIG;

    @Test
    void pollsEventsAFewAtATime_butRestoresManyAtATime() {
        StreamsConfig config = config(Map.of());

        assertEquals("250", main(config));
        assertEquals("1000", restore(config));
    }

    @Test
    void pollsAsManyAsTheUserSays_howeverItIsSaid() {
        assertEquals("10", main(config(Map.of(RECORDS, "10"))));
        assertEquals("11", main(config(Map.of("consumer." + RECORDS, "11"))));
        assertEquals("12", main(config(Map.of("main.consumer." + RECORDS, "12"))));
        assertEquals("250", main(config(Map.of("restore.consumer." + RECORDS, "13"))));
    }

    @Test
    void givesABrokerThatHangsUpSoon_unlessTheUserSaysOtherwise() {
        String timeout = "request.timeout.ms";
        assertEquals("3000", producer(config(Map.of()), timeout));
        assertEquals("20000", producer(config(Map.of()), "transaction.timeout.ms"));
        assertEquals("40000", producer(config(Map.of(timeout, "40000")), timeout));
        assertEquals("40000", producer(config(Map.of("producer." + timeout, "40000")), timeout));
        assertEquals("60000", producer(config(Map.of("transaction.timeout.ms", "60000")), "transaction.timeout.ms"));
    }

    private static String producer(StreamsConfig config, String key) {
        return config.getProducerConfigs("client").get(key).toString();
    }

    /** Else each outage that is longer crashes every thread again and again, until the process gives up. */
    @Test
    void tasksWaitForBrokersLongerThanAnyOutage() {
        long timeoutMs = config(Map.of()).getLong(StreamsConfig.TASK_TIMEOUT_MS_CONFIG);

        assertTrue(timeoutMs >= Duration.ofDays(365).toMillis(), () -> "task.timeout.ms: " + timeoutMs);
        // a deadline is the sum of this and the time of day
        assertTrue(System.currentTimeMillis() + timeoutMs > 0, () -> "task.timeout.ms: " + timeoutMs);
        assertEquals(7, config(Map.of("task.timeout.ms", "7")).getLong(StreamsConfig.TASK_TIMEOUT_MS_CONFIG));
    }

    /** Kafka's own bounds are 50 MB for a fetch and 32 for a producer. */
    @Test
    void buffersTakeAShareOfASmallHeap_andNoMoreThanKafkasOfALargeOne() {
        assertEquals(
                Map.of(
                        "num.stream.threads", "2",
                        "statestore.cache.max.bytes", "26214400",
                        "main.consumer.fetch.max.bytes", "13107200",
                        "restore.consumer.fetch.max.bytes", "13107200",
                        "producer.buffer.memory", "13107200"),
                buffers(200L << 20, Map.of()));
        assertEquals(
                Map.of(
                        "num.stream.threads", "2",
                        "statestore.cache.max.bytes", "67108864",
                        "main.consumer.fetch.max.bytes", "33554432",
                        "restore.consumer.fetch.max.bytes", "33554432",
                        "producer.buffer.memory", "33554432"),
                buffers(16L << 30, Map.of()));
    }

    @Test
    void buffersAreAsTheUserSays() {
        Map<String, String> set = Map.of(
                "statestore.cache.max.bytes", "2",
                "consumer.fetch.max.bytes", "3",
                "buffer.memory", "4");
        Map<String, Object> expected = new HashMap<>(set);
        expected.put("num.stream.threads", "2");
        assertEquals(expected, buffers(200L << 20, set));
    }

    private static Map<String, Object> buffers(long heapBytes, Map<String, String> set) {
        Map<String, Object> properties = new HashMap<>(set);
        properties.put("num.stream.threads", "2");
        StreamsProperties.putBuffers(properties, heapBytes);
        return properties;
    }

    private static StreamsConfig config(Map<String, String> kafka) {
        Map<String, String> all = new HashMap<>(kafka);
        all.put("application.id", "polls");
        return new StreamsConfig(StreamsProperties.of(TestSettings.of(UserFrom.KEY, Uncounted.DROP, all)));
    }

    private static String main(StreamsConfig config) {
        return config.getMainConsumerConfigs("group", "client", 0).get(RECORDS).toString();
    }

    private static String restore(StreamsConfig config) {
        return config.getRestoreConsumerConfigs("client").get(RECORDS).toString();
    }
}
