package io.sessionizer.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaMetricsTest {
    private static final String THREAD = "stream-thread-metrics";
    private static final String FETCHES = "consumer-fetch-manager-metrics";

    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void haveKafkasNamesAndTags() {
        gauge(THREAD, "process-rate", "Calls per second. Note: more", Map.of("thread-id", "a-1"), 2.5);

        assertEquals(Map.of("kafka_stream_thread_process_rate{thread_id=a-1}", 2.5), scrape().series());
        assertTrue(text().contains("# HELP kafka_stream_thread_process_rate Calls per second\n"), text());
    }

    @Test
    void areCountersWhereKafkaSaysTotal_andTheyOnlyGrow() {
        gauge(THREAD, "commit-total", "", Map.of(), 7.0);
        gauge("stream-task-metrics", "restore-remaining-records-total", "", Map.of(), 8.0);

        assertEquals(
                Map.of(
                        "kafka_stream_thread_commit_total",
                        "counter",
                        "kafka_stream_task_restore_remaining_records",
                        "gauge"),
                scrape().types());
    }

    @Test
    void omitNonNumbers_andKeepValuesThatAreNotKnownYet() {
        gauge(THREAD, "state", "", Map.of(), "RUNNING");
        gauge(THREAD, "poll-latency-avg", "", Map.of(), Double.NaN);

        assertEquals(
                Set.of("kafka_stream_thread_poll_latency_avg{}"),
                scrape().series().keySet());
    }

    @Test
    void omitMetricsThatAreNotExported_withoutReadingThem() {
        metrics.addMetric(
                name("stream-state-metrics", "num-live-versions", "", Map.of()), (Gauge<Long>) (config, now) -> {
                    throw new AssertionError("It must not be read");
                });
        gauge("admin-client-metrics", "request-rate", "", Map.of(), 1.0);

        assertEquals(Map.of(), scrape().series());
    }

    @Test
    void areAllThere_whereTheRecordingLevelIsAboveInfo() {
        gauge("stream-metrics", "recording-level", "", Map.of(), 1);
        gauge("admin-client-metrics", "request-rate", "", Map.of(), 1.0);

        assertEquals(1, scrape().series().get("kafka_admin_client_request_rate{}"));
    }

    @Test
    void reportATopicWithDotsOnce() {
        gauge(FETCHES, "records-lag", "", Map.of("topic", "a.b", "partition", "0"), 5.0);
        gauge(FETCHES, "records-lag", "", Map.of("topic", "a_b", "partition", "0"), 5.0);
        gauge(FETCHES, "records-lag", "", Map.of("topic", "a_c", "partition", "0"), 6.0);

        assertEquals(
                Map.of(
                        "kafka_consumer_fetch_manager_records_lag{partition=0, topic=a.b}", 5.0,
                        "kafka_consumer_fetch_manager_records_lag{partition=0, topic=a_c}", 6.0),
                scrape().series());
    }

    @Test
    void appearOnce_whenNamesDifferOnlyInPunctuation() {
        gauge(THREAD, "some-thing", "One", Map.of("a-b", "x"), 1.0);
        gauge(THREAD, "some.thing", "Two", Map.of("a-b", "x"), 2.0);
        gauge(THREAD, "some.thing-total", "Three", Map.of("a-b", "x"), 3.0);

        assertEquals(Map.of("kafka_stream_thread_some_thing{a_b=x}", 1.0), scrape().series());
    }

    private void gauge(String group, String name, String description, Map<String, String> tags, Object value) {
        metrics.addMetric(name(group, name, description, tags), (Gauge<Object>) (config, now) -> value);
    }

    private MetricName name(String group, String name, String description, Map<String, String> tags) {
        return metrics.metricName(name, group, description, tags);
    }

    private String text() {
        return new String(
                Exposition.of(KafkaMetrics.families(metrics.metrics()), "").body(), StandardCharsets.UTF_8);
    }

    private PrometheusText scrape() {
        return PrometheusText.parse(text());
    }
}
