package io.sessionizer.app.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sessionizer.kafka.status.Counters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Metrics in exposition format: the Prometheus text format 0.0.4, or OpenMetrics 1.0 if requested.
 *
 * @param type the media type
 * @param body the text in UTF-8; must not be modified
 */
public record Exposition(String type, byte[] body) {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    /**
     * All current metrics.
     *
     * @param kafka the metrics of Kafka Streams and its clients
     * @param accept the request's header Accept, which may be empty
     */
    public static Exposition of(
            Counters counters,
            ServiceMetrics.InstanceHealth health,
            Map<MetricName, ? extends Metric> kafka,
            String accept) {
        List<MetricFamily> families =
                new ArrayList<>(ServiceMetrics.families(counters, health, System.currentTimeMillis()));
        families.addAll(KafkaMetrics.families(kafka));
        return of(families, accept);
    }

    /** @param accept the request's header Accept, which may be empty */
    static Exposition of(Collection<MetricFamily> families, String accept) {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        families.forEach(family -> snapshots.metricSnapshot(family.snapshot()));
        ExpositionFormatWriter writer = accept.contains("application/openmetrics-text")
                ? FORMATS.getOpenMetricsTextFormatWriter()
                : FORMATS.getPrometheusTextFormatWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, snapshots.build(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Exposition(writer.getContentType(), out.toByteArray());
    }
}
