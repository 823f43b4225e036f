package io.sessionizer.app.metrics;

import io.sessionizer.Golden;
import io.sessionizer.app.metrics.ServiceMetrics.InstanceHealth;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.status.SampleCounters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service's own metrics as a scraper reads them, to the byte: names, types, help, labels and values. */
class MetricsTextTest {
    private static final long WALL = 1_468_308_340_000L;

    @Test
    void isAsItWas() throws IOException {
        Golden.check("metrics/prometheus.txt", text(SampleCounters.at(WALL - 26_250), ""));
    }

    @Test
    void isAsItWasInOpenMetrics() throws IOException {
        Golden.check(
                "metrics/openmetrics.txt",
                text(SampleCounters.at(WALL - 26_250), "application/openmetrics-text;version=1.0.0"));
    }

    @Test
    void isAsItWasBeforeTheFirstEvent() throws IOException {
        Golden.check("metrics/prometheus-fresh.txt", text(new Counters(), "text/plain"));
    }

    private static String text(Counters counters, String accept) {
        Exposition exposition = Exposition.of(
                ServiceMetrics.families(counters, new InstanceHealth(true, false, "1.2", Map.of("erased", 3L)), WALL),
                accept);
        return exposition.type() + "\n\n" + new String(exposition.body(), StandardCharsets.UTF_8);
    }
}
