package io.sessionizer.app.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The metrics of Kafka Streams and its clients, as {@code kafka_}, group and name, with Kafka's tags as labels. Values
 * are in Kafka's units (ms unless documented otherwise), so that Kafka's documentation applies. Metrics that are not
 * numbers are omitted; at recording level INFO, so are hundreds of series per partition that are of little use or are
 * recorded only at higher levels.
 */
final class KafkaMetrics {
    /** By group, the names that are exported at recording level INFO. */
    private static final Map<String, Pattern> EXPORTED = Map.ofEntries(
            export("stream-metrics", "alive-stream-threads|failed-stream-threads|client-state"),
            export("stream-thread-metrics", "(?!blocked-time-ns).*"),
            export("stream-task-metrics", "active-process-ratio|dropped-records-.*|restore-.*"),
            export("stream-topic-metrics", ".*"),
            export("stream-processor-node-metrics", "record-e2e-latency-.*"),
            export("stream-state-updater-metrics", ".*"),
            export(
                    "stream-state-metrics",
                    "block-cache-(capacity|usage|pinned-usage)|size-all-mem-tables|estimate-table-readers-mem"
                            + "|total-sst-files-size|estimate-num-keys|estimate-pending-compaction-bytes"
                            + "|num-running-compactions|background-errors|num-open-iterators"),
            export(
                    "consumer-fetch-manager-metrics",
                    "(records|bytes)-consumed-.*|records-lag(-max)?|fetch-(latency|rate|total|throttle-time).*"),
            export("consumer-coordinator-metrics", ".*"),
            export("consumer-metrics", "last-poll-seconds-ago|time-between-poll-.*|poll-idle-ratio-avg"),
            export(
                    "producer-metrics",
                    "record-(send|error|retry)-.*|request-latency-.*|record-queue-time-.*|batch-size-avg"
                            + "|compression-rate-avg|buffer-(available|total)-bytes|waiting-threads"
                            + "|produce-throttle-time-.*"),
            export("producer-topic-metrics", "byte-total|record-(send|error|retry)-total"));

    /** Kafka names these totals, but they can decrease. */
    private static final Set<String> GAUGES_CALLED_TOTAL =
            Set.of("restore-remaining-records-total", "cache-size-bytes-total");

    private static final String TOTAL = "-total";
    private static final String TOPIC = "topic";

    private static final Comparator<MetricName> ORDER = Comparator.comparing(MetricName::group)
            .thenComparing(MetricName::name)
            .thenComparing(name -> new TreeMap<>(name.tags()).toString());

    private KafkaMetrics() {}

    private static Map.Entry<String, Pattern> export(String group, String names) {
        return Map.entry(group, Pattern.compile(names));
    }

    /**
     * The families, sorted by name. Only exported metrics are read: reading is expensive, those of RocksDB in
     * particular.
     */
    static Collection<MetricFamily> families(Map<MetricName, ? extends Metric> metrics) {
        Map<String, MetricFamily> families = new TreeMap<>();
        Set<MetricName> duplicates = duplicates(metrics.keySet());
        boolean all = isDetailed(metrics);
        List<MetricName> names = new ArrayList<>(metrics.keySet());
        names.sort(ORDER);
        for (MetricName name : names) {
            if ((all || isExported(name)) && !duplicates.contains(name)) {
                if (metrics.get(name).metricValue() instanceof Number number) {
                    add(families, name, number.doubleValue());
                }
            }
        }
        families.values().removeIf(MetricFamily::isEmpty);
        return families.values();
    }

    private static void add(Map<String, MetricFamily> families, MetricName name, double value) {
        boolean isTotal = name.name().endsWith(TOTAL);
        boolean isCounter = isTotal && !GAUGES_CALLED_TOTAL.contains(name.name());
        String text =
                sanitize("kafka_" + withoutSuffix(name.group(), "-metrics") + "_" + withoutSuffix(name.name(), TOTAL));
        MetricFamily family = families.computeIfAbsent(
                text, key -> isCounter ? MetricFamily.counter(key, help(name)) : MetricFamily.gauge(key, help(name)));
        if (family.type() == (isCounter ? MetricFamily.MetricType.COUNTER : MetricFamily.MetricType.GAUGE)) {
            family.with(labels(name), value);
        }
    }

    private static String withoutSuffix(String text, String ending) {
        return text.endsWith(ending) ? text.substring(0, text.length() - ending.length()) : text;
    }

    private static boolean isExported(MetricName name) {
        Pattern names = EXPORTED.get(name.group());
        return names != null && names.matcher(name.name()).matches();
    }

    /** Whether {@code metrics.recording.level} is above INFO: everything is exported. */
    private static boolean isDetailed(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("recording-level"))
                .anyMatch(metric -> metric.getValue().metricValue() instanceof Number level && level.intValue() > 0);
    }

    /**
     * A consumer reports a topic with dots in its name a second time with underscores (KIP-1109); sums would double.
     */
    private static Set<MetricName> duplicates(Set<MetricName> names) {
        Set<MetricName> duplicates = new HashSet<>();
        for (MetricName name : names) {
            String topic = name.tags().getOrDefault(TOPIC, "");
            if (topic.contains(".")) {
                Map<String, String> tags = new TreeMap<>(name.tags());
                tags.put(TOPIC, topic.replace('.', '_'));
                duplicates.add(new MetricName(name.name(), name.group(), name.description(), tags));
            }
        }
        return duplicates;
    }

    private static Labels labels(MetricName name) {
        Labels.Builder labels = Labels.builder();
        new TreeMap<>(name.tags())
                .forEach((key, value) -> labels.label(PrometheusNaming.sanitizeLabelName(sanitize(key)), value));
        return labels.build();
    }

    /** The first sentence of Kafka's description; the rest is about deprecations. */
    private static String help(MetricName name) {
        String help = name.description().replaceFirst("(?s)\\. .*", "").strip();
        return help.isEmpty() ? name.name() + " of Kafka's " + name.group() : help;
    }

    /** Legacy names: all versions of Prometheus accept them, and queries need no quotes. */
    private static String sanitize(String name) {
        return name.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
