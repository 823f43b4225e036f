package io.sessionizer.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.Golden;
import io.sessionizer.app.metrics.ServiceMetrics.InstanceHealth;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.quickstart.EmbeddedBroker;
import io.sessionizer.web.http.BuildVersions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running service exposes, and whether dashboard and alerts ask for just that. */
class MonitoringIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LAG = "kafka_consumer_fetch_manager_records_lag{";
    /** Of one stream thread and one partition; a partition more adds some 80. */
    private static final int REASONABLE = 400;

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Sessionizer sessionizer;
    private static String text;
    private static PrometheusText scraped;

    @BeforeAll
    static void scrapeARunningService() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0, Map.of("num.partitions", "1"));
        sessionizer = new Sessionizer(settings(), row -> {});
        sessionizer.start();
        assertTrue(sessionizer.awaitRunning(SOON));
        send();
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!isAllThere()) {
            assertTrue(System.nanoTime() < deadline, () -> "The counts must come up. Found: " + text);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        Path written = Files.createDirectories(Path.of("target", "monitoring")).resolve("metrics.txt");
        Files.writeString(written, text);
    }

    private static SessionizerSettings settings() {
        return TestSettings.of(
                UserFrom.KEY,
                Uncounted.DROP,
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "application.id",
                        "monitored",
                        "num.stream.threads",
                        "1",
                        "state.dir",
                        directory.resolve("state").toString()));
    }

    private static void send() {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (String user : List.of("a", "b", "c")) {
                producer.send(new ProducerRecord<>("events", user, "{\"evtName\":\"Seen\"}"));
            }
            producer.send(new ProducerRecord<>("events", "a", "{\"evtName\":\"App Installed\"}"));
            producer.send(new ProducerRecord<>("events", "a", "{\"evtName\":\"Seen\",\"type\":\"profile\"}"));
            producer.send(new ProducerRecord<>("events", "a", "{"));
            producer.send(new ProducerRecord<>("events", "d", null));
        }
    }

    /** Kafka reports a lag only after the first fetch, and a partition its status at its next tick. */
    private static boolean isAllThere() {
        text = new String(expose("").body(), StandardCharsets.UTF_8);
        scraped = PrometheusText.parse(text);
        return scraped.series().getOrDefault("sessionizer_users_erased_total{}", 0.0) == 1
                && scraped.series().getOrDefault("sessionizer_open_sessions{partition=0}", 0.0) == 3
                && scraped.series().keySet().stream().anyMatch(series -> series.startsWith(LAG));
    }

    private static Exposition expose(String accept) {
        InstanceHealth health = new InstanceHealth(
                sessionizer.isTracking(),
                sessionizer.isReady(),
                BuildVersions.service(),
                Map.of("forbidden", 0L, "unauthenticated", 0L));
        return Exposition.of(sessionizer.counters(), health, sessionizer.metrics(), accept);
    }

    @AfterAll
    static void stop() {
        sessionizer.close();
        broker.close();
    }

    @Test
    void reportsTheInput() {
        assertEquals(3, value("sessionizer_events_total{result=counted}"));
        assertEquals(1, value("sessionizer_events_total{result=excluded}"));
        assertEquals(1, value("sessionizer_events_total{result=untracked}"));
        assertEquals(1, value("sessionizer_dead_letters_total{reason=MALFORMED_JSON}"));
        assertEquals(3, value("sessionizer_sessions_opened_total{}"));
        assertEquals(3, value("sessionizer_active_users{partition=0}"));
        assertEquals(0, value("sessionizer_oldest_overdue_conclusion_seconds{partition=0}"));
        assertTrue(value("sessionizer_partition_uncommitted_seconds{partition=0}") < SOON.toSeconds());
        assertTrue(value("sessionizer_clock_behind_wall_seconds{partition=0}") < SOON.toSeconds());
        assertEquals(1, value("sessionizer_tracking_active{}"));
        assertEquals(1, value("kafka_stream_alive_stream_threads{client_id=" + clientId() + "}"));
    }

    private static String clientId() {
        return scraped.series().keySet().stream()
                .filter(series -> series.startsWith("kafka_stream_alive_stream_threads{"))
                .map(series -> series.replaceAll(".*client_id=(.*)}", "$1"))
                .findFirst()
                .orElseThrow();
    }

    private static double value(String series) {
        return scraped.series().getOrDefault(series, Double.NaN);
    }

    /** Of every family its help, its type and the names of its labels: values differ from run to run. */
    @Test
    void hasTheSameFamiliesAsBefore() throws IOException {
        Map<String, Set<String>> labels = scraped.labelNames();
        StringBuilder families = new StringBuilder();
        text.lines().filter(line -> line.startsWith("# HELP ")).forEach(line -> {
            String name = line.split(" ")[2];
            families.append(line, "# HELP ".length(), line.length())
                    .append("\n    ")
                    .append(scraped.types().get(name))
                    .append(' ')
                    .append(new TreeSet<>(labels.get(name)))
                    .append('\n');
        });
        Golden.check("metrics/families.txt", families.toString());
    }

    @Test
    void hasABoundedNumberOfSeries() {
        assertTrue(
                scraped.series().size() < REASONABLE,
                () -> "Found: " + scraped.series().size());
        assertTrue(
                new String(expose("application/openmetrics-text").body(), StandardCharsets.UTF_8).endsWith("# EOF\n"));
    }

    @Test
    void hasWhatTheDashboardShows() throws IOException {
        assertFalse(PromQuery.ofDashboard().isEmpty());
        for (PromQuery query : PromQuery.ofDashboard()) {
            assertEquals(List.of(), query.unknown(scraped), query.expression());
        }
    }

    @Test
    void hasWhatTheAlertsWatch() throws IOException {
        assertFalse(PromQuery.ofAlerts().isEmpty());
        for (PromQuery query : PromQuery.ofAlerts()) {
            assertEquals(List.of(), query.unknown(scraped), query.expression());
        }
    }
}
