package io.sessionizer.bench.scenario;

import io.sessionizer.bench.BenchMeasure;
import io.sessionizer.bench.process.BenchBroker;
import io.sessionizer.bench.process.BenchInstance;
import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How fast a runner processes a backlog, at what cost, and whether its output is correct. Throughput is measured between two
 * fractions of the backlog, by committed offsets: before them the JVM still compiles, after them partitions run dry.
 */
final class Throughput {
    private static final double FROM = 0.5;
    private static final double TO = 0.95;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final BenchBroker bed;
    private final InputBacklog backlog;
    private final BenchInstance instance;

    /** A moment of the run. */
    private record ProgressMark(long nanos, long committed, double cpuSeconds, double brokerSeconds) {}

    private Throughput(BenchBroker bed, InputBacklog backlog, BenchInstance instance) {
        this.bed = bed;
        this.backlog = backlog;
        this.instance = instance;
    }

    /** Runs it from the first record to the last, and then checks what has come out. */
    static Map<BenchMeasure, Double> measurements(
            BenchBroker bed, InputBacklog backlog, BenchInstance.RunnerJob job, BenchInstance.RunnerEnvironment place)
            throws IOException {
        try (BenchInstance instance = BenchInstance.start(bed, job, backlog.partitions(), place)) {
            Throughput throughput = new Throughput(bed, backlog, instance);
            Map<BenchMeasure, Double> figures = new EnumMap<>(BenchMeasure.class);
            figures.putAll(throughput.speed());
            instance.awaitDone(backlog.records());
            figures.put(BenchMeasure.PEAK_MEGABYTES, instance.process().peakBytes() / 1e6);
            BenchBroker.ChangelogSize changelogs = bed.changelogs(job.application());
            figures.put(BenchMeasure.CHANGELOG_RECORDS, (double) changelogs.records() / backlog.records());
            figures.put(BenchMeasure.CHANGELOG_BYTES, (double) changelogs.bytes() / backlog.records());
            instance.end();
            if (job.runner().makesSessions()) {
                figures.putAll(OutputCheck.measurements(bed, backlog, instance.enriched(), instance.concluded()));
            }
            return figures;
        }
    }

    private Map<BenchMeasure, Double> speed() {
        long before = backlog.shape().before();
        ProgressMark from = awaitCommitted(before + (long) (FROM * (backlog.records() - before)));
        ProgressMark to = awaitCommitted(before + (long) (TO * (backlog.records() - before)));
        double events = to.committed - from.committed;
        return Map.of(
                BenchMeasure.EVENTS_PER_SECOND, events / (to.nanos - from.nanos) * 1e9,
                BenchMeasure.CPU_SECONDS, (to.cpuSeconds - from.cpuSeconds) / events * 1e6,
                BenchMeasure.BROKER_SECONDS, (to.brokerSeconds - from.brokerSeconds) / events * 1e6);
    }

    /** The moment of the first commit that reaches so far. */
    private ProgressMark awaitCommitted(long records) {
        PollingWait.until(instance.application() + " has committed " + records, PATIENCE, () -> {
            instance.process().requireAlive();
            return bed.committed(instance.application()) >= records;
        });
        long committed = bed.committed(instance.application());
        return new ProgressMark(System.nanoTime(), committed, instance.process().cpuSeconds(), bed.cpuSeconds());
    }
}
