package io.sessionizer.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.Labels;
import io.sessionizer.app.metrics.ServiceMetrics.InstanceHealth;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.kafka.client.TaskCommits;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.status.SampleCounters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final long WALL = 1_468_308_340_000L;
    private static final InstanceHealth HEALTH = new InstanceHealth(true, false, "1.2", Map.of("erased", 0L));

    @Test
    void showsEveryValueOfALabelFromTheStart() {
        PrometheusText scraped = scrape(fresh());

        for (String result : List.of("counted", "excluded", "untracked")) {
            assertEquals(0, scraped.series().get("sessionizer_events_total{result=" + result + "}"), result);
        }
        for (RejectionReason reason : RejectionReason.values()) {
            assertEquals(0, scraped.series().get("sessionizer_dead_letters_total{reason=" + reason + "}"));
        }
        for (String clock : List.of("event", "wall")) {
            assertEquals(0, scraped.series().get("sessionizer_sessions_concluded_total{clock=" + clock + "}"));
        }
        assertEquals(0, scraped.series().get("sessionizer_nearly_all_events_uncounted{part=, value=}"));
        assertEquals(1, scraped.series().get("sessionizer_tracking_active{}"));
        assertEquals(0, scraped.series().get("sessionizer_ready{}"));
        assertEquals(1, scraped.series().get("sessionizer_build_info{version=1.2}"));
    }

    @Test
    void showsEachNumberUnderItsName() {
        PrometheusText scraped = scrape(ServiceMetrics.families(
                SampleCounters.at(WALL - 26_250),
                new InstanceHealth(false, true, "1.2", new TreeMap<>(Map.of("erased", 2L, "forbidden", 0L))),
                WALL));

        assertEquals("""
                sessionizer_active_users{partition=3}=22
                sessionizer_active_users{partition=4}=0
                sessionizer_build_info{version=1.2}=1
                sessionizer_clock_behind_wall_seconds{partition=3}=26.25
                sessionizer_dead_letters_total{reason=BAD_EVENT_DATA}=0
                sessionizer_dead_letters_total{reason=BAD_TIMESTAMP}=0
                sessionizer_dead_letters_total{reason=FUTURE_TIMESTAMP}=0
                sessionizer_dead_letters_total{reason=MALFORMED_JSON}=0
                sessionizer_dead_letters_total{reason=NO_EVENT_NAME}=0
                sessionizer_dead_letters_total{reason=NO_USER}=0
                sessionizer_dead_letters_total{reason=TOO_LARGE}=1
                sessionizer_events_total{result=counted}=11
                sessionizer_events_total{result=excluded}=12
                sessionizer_events_total{result=untracked}=13
                sessionizer_http_audited_requests_total{result=erased}=2
                sessionizer_http_audited_requests_total{result=forbidden}=0
                sessionizer_late_events_total{}=14
                sessionizer_nearly_all_events_uncounted{part=type, value=identify}=1
                sessionizer_oldest_overdue_conclusion_seconds{partition=3}=25.5
                sessionizer_oldest_overdue_conclusion_seconds{partition=4}=0
                sessionizer_open_sessions{partition=3}=23
                sessionizer_open_sessions{partition=4}=0
                sessionizer_ready{}=1
                sessionizer_records_deleted_unread_total{}=22
                sessionizer_sessions_amended_total{}=19
                sessionizer_sessions_concluded_total{clock=event}=17
                sessionizer_sessions_concluded_total{clock=wall}=18
                sessionizer_sessions_merged_total{}=20
                sessionizer_sessions_opened_total{}=16
                sessionizer_sessions_opened_at_limit_total{}=23
                sessionizer_tracking_active{}=0
                sessionizer_unstamped_events_total{}=15
                sessionizer_users_erased_total{}=21
                """, lines(scraped));
        assertEquals("counter", scraped.types().get("sessionizer_users_erased_total"));
        assertEquals("gauge", scraped.types().get("sessionizer_open_sessions"));
    }

    @Test
    void isNotAheadOfAWallClockThatWasSetBack() {
        PrometheusText scraped = scrape(ServiceMetrics.families(SampleCounters.at(WALL + 5_000), HEALTH, WALL));

        assertEquals(0, scraped.series().get("sessionizer_clock_behind_wall_seconds{partition=3}"));
    }

    @Test
    void hasTheAgeOfUncommittedWork() {
        AtomicLong nanos = new AtomicLong();
        TaskCommits commits = new TaskCommits(nanos::get);
        commits.register(new TopicPartition("events", 3), () -> false).recordProcessed();
        commits.register(new TopicPartition("events", 4), () -> false);
        nanos.addAndGet(1_500_000_000);
        Map<String, Double> series = scrape(ServiceMetrics.families(new Counters(commits), HEALTH, WALL))
                .series();

        assertEquals(1.5, series.get("sessionizer_partition_uncommitted_seconds{partition=3}"));
        assertEquals(0, series.get("sessionizer_partition_uncommitted_seconds{partition=4}"));
    }

    @Test
    void isOpenMetricsForWhoAsksForIt() {
        Exposition plain = Exposition.of(fresh(), "text/plain;q=0.5,*/*;q=0.1");
        Exposition open = Exposition.of(fresh(), "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.3");

        assertTrue(plain.type().startsWith("text/plain; version=0.0.4"), plain.type());
        assertTrue(open.type().startsWith("application/openmetrics-text; version=1.0.0"), open.type());
        assertTrue(text(open).endsWith("# EOF\n"));
        assertTrue(text(open).contains("# TYPE sessionizer_late_events counter\n"), text(open));
        assertTrue(text(open).contains("\nsessionizer_late_events_total 0"), text(open));
    }

    @Test
    void isTheSameForTheSame() {
        assertEquals(text(Exposition.of(fresh(), "")), text(Exposition.of(fresh(), "")));
    }

    @Test
    void escapesWhatLabelsMayHold() {
        String nasty = "a\"b\\c\nd,e}";
        PrometheusText scraped =
                scrape(List.of(MetricFamily.gauge("a_gauge", "Help").with(Labels.of("topic", nasty), 1)));

        assertEquals(Map.of("a_gauge{topic=a\\\"b\\\\c\\nd,e}}", 1.0), scraped.series());
    }

    @Test
    void isReadStrictlyHere() {
        for (String wrong : List.of(
                "a 1\n",
                "# HELP a b\n# TYPE a gauge\na 1\na 2\n",
                "# HELP a b\n# TYPE a gauge\na 1\n# HELP a b\n",
                "# HELP a b\n# TYPE a gauge\na{b-c=\"d\"} 1\n",
                "# HELP a b\n# TYPE a gauge\n\na 1\n",
                "# HELP a b\n# TYPE a gauge\na one\n")) {
            assertThrows(AssertionError.class, () -> PrometheusText.parse(wrong), wrong);
        }
    }

    private static List<MetricFamily> fresh() {
        return ServiceMetrics.families(new Counters(), HEALTH, WALL);
    }

    private static PrometheusText scrape(List<MetricFamily> families) {
        return PrometheusText.parse(text(Exposition.of(families, "")));
    }

    private static String text(Exposition exposition) {
        return new String(exposition.body(), StandardCharsets.UTF_8);
    }

    private static String lines(PrometheusText scraped) {
        StringBuilder lines = new StringBuilder();
        scraped.series()
                .forEach((key, value) -> lines.append(key)
                        .append('=')
                        .append(String.valueOf(value).replaceFirst("\\.0$", ""))
                        .append('\n'));
        return lines.toString();
    }
}
