package io.sessionizer.app.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.TreeMap;

/** A metric of the exposition, with a series for each set of labels. For one thread. */
final class MetricFamily {
    private final MetricType type;
    private final String name;
    private final String help;
    private final Map<Labels, Double> series = new TreeMap<>();

    private MetricFamily(MetricType type, String name, String help) {
        this.type = type;
        this.name = name;
        this.help = help;
    }

    /** The type of a metric. */
    enum MetricType {
        /** Monotonic until the process restarts. */
        COUNTER,
        /** May increase and decrease. */
        GAUGE
    }

    /** @param name without {@code _total}, which is appended to a counter's series */
    static MetricFamily counter(String name, String help) {
        return new MetricFamily(MetricType.COUNTER, name, help);
    }

    static MetricFamily gauge(String name, String help) {
        return new MetricFamily(MetricType.GAUGE, name, help);
    }

    /** A series without labels. */
    MetricFamily with(double value) {
        return with(Labels.EMPTY, value);
    }

    /** Adds a series; of duplicates the first one is kept. A counter ignores negative values. */
    MetricFamily with(Labels labels, double value) {
        if (type == MetricType.GAUGE || value >= 0) {
            series.putIfAbsent(labels, value);
        }
        return this;
    }

    MetricType type() {
        return type;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    MetricSnapshot snapshot() {
        return switch (type) {
            case COUNTER -> {
                CounterSnapshot.Builder counter =
                        CounterSnapshot.builder().name(name).help(help);
                series.forEach((labels, value) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build()));
                yield counter.build();
            }
            case GAUGE -> {
                GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
                series.forEach((labels, value) -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build()));
                yield gauge.build();
            }
        };
    }
}
