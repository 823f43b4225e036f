package io.sessionizer.app.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.status.InputStatus;
import io.sessionizer.kafka.status.SourceStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metrics of the input partitions' clocks: which are stalled, and which one holds back the others. */
final class InputMetrics {
    private InputMetrics() {}

    /** @param wall the wall clock, epoch ms */
    static List<MetricFamily> families(Counters counters, long wall) {
        return List.of(
                clocks(counters.inputs(), wall),
                stalled(counters.inputs()),
                leftOut(counters.sources(), counters.inputs()),
                holdingBack(counters.sources(), counters.inputs()));
    }

    private static MetricFamily clocks(List<InputStatus> inputs, long wall) {
        MetricFamily family = MetricFamily.gauge(
                "sessionizer_input_clock_behind_wall_seconds",
                "How far the clock of a partition of the input is behind the wall clock; absent before its first event");
        for (InputStatus input : inputs) {
            if (input.clock() >= 0) {
                family.with(partition(input.partition()), Math.max(0, wall - input.clock()) / 1000.0);
            }
        }
        return family;
    }

    private static MetricFamily stalled(List<InputStatus> inputs) {
        MetricFamily family = MetricFamily.gauge(
                "sessionizer_input_stalled",
                "1 if a partition of the input has been neither processed nor read to its end for stalled.after.ms");
        inputs.forEach(input -> family.with(partition(input.partition()), input.isStalled() ? 1 : 0));
        return family;
    }

    private static MetricFamily leftOut(List<SourceStatus> sources, List<InputStatus> inputs) {
        Map<Integer, Integer> counts = new TreeMap<>();
        sources.forEach(status -> status.leftOut().forEach(source -> counts.merge(source, 1, Integer::sum)));
        MetricFamily family = MetricFamily.gauge(
                "sessionizer_input_left_out",
                "Partitions of the repartition topic whose clock continues without this stalled partition of the input");
        counts.forEach((source, count) -> family.with(partition(source), count));
        return withZeros(family, inputs);
    }

    private static MetricFamily holdingBack(List<SourceStatus> sources, List<InputStatus> inputs) {
        Map<Integer, Long> longest = new TreeMap<>();
        for (SourceStatus status : sources) {
            status.slowest().ifPresent(source -> longest.merge(source, status.heldBackMs(), Math::max));
        }
        MetricFamily family = MetricFamily.gauge(
                "sessionizer_input_holds_back_seconds",
                "How far the partition of the input that holds back the clock, by more than the inactivity gap, is behind"
                        + " the fastest one");
        longest.forEach((source, ms) -> family.with(partition(source), ms / 1000.0));
        return withZeros(family, inputs);
    }

    /** A series without a value yet is 0, so that an alert sees it change. */
    private static MetricFamily withZeros(MetricFamily family, List<InputStatus> inputs) {
        inputs.forEach(input -> family.with(partition(input.partition()), 0));
        return family;
    }

    private static Labels partition(int partition) {
        return Labels.of("partition", Integer.toString(partition));
    }
}
