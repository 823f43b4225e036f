package io.sessionizer.bench;

import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How fast a runner works off a backlog, at what cost, and whether what it makes of it is right. Speed is taken between two
 * shares of the backlog, by committed offsets: before, the JVM still compiles, and behind, partitions run dry one by one.
 */
final class Throughput {
    private static final double FROM = 0.5;
    private static final double TO = 0.95;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Bed bed;
    private final Backlog backlog;
    private final Instance instance;

    /** A moment of the run. */
    private record Mark(long nanos, long committed, double cpuSeconds, double brokerSeconds) {}

    private Throughput(Bed bed, Backlog backlog, Instance instance) {
        this.bed = bed;
        this.backlog = backlog;
        this.instance = instance;
    }

    /** Runs it from the first record to the last, and then checks what has come out. */
    static Map<Measure, Double> figures(Bed bed, Backlog backlog, Instance.Job job, Instance.Workplace place)
            throws IOException {
        try (Instance instance = Instance.start(bed, job, backlog.partitions(), place)) {
            Throughput throughput = new Throughput(bed, backlog, instance);
            Map<Measure, Double> figures = new EnumMap<>(Measure.class);
            figures.putAll(throughput.speed());
            instance.awaitDone(backlog.records());
            figures.put(Measure.PEAK_MEGABYTES, instance.process().peakBytes() / 1e6);
            Bed.Changelogs changelogs = bed.changelogs(job.application());
            figures.put(Measure.CHANGELOG_RECORDS, (double) changelogs.records() / backlog.records());
            figures.put(Measure.CHANGELOG_BYTES, (double) changelogs.bytes() / backlog.records());
            instance.end();
            if (job.runner().makesSessions()) {
                figures.putAll(Checked.figures(bed, backlog, instance.enriched(), instance.concluded()));
            }
            return figures;
        }
    }

    private Map<Measure, Double> speed() {
        long before = backlog.shape().before();
        Mark from = awaitCommitted(before + (long) (FROM * (backlog.records() - before)));
        Mark to = awaitCommitted(before + (long) (TO * (backlog.records() - before)));
        double events = to.committed - from.committed;
        return Map.of(
                Measure.EVENTS_PER_SECOND, events / (to.nanos - from.nanos) * 1e9,
                Measure.CPU_SECONDS, (to.cpuSeconds - from.cpuSeconds) / events * 1e6,
                Measure.BROKER_SECONDS, (to.brokerSeconds - from.brokerSeconds) / events * 1e6);
    }

    /** The moment of the first commit that reaches so far. */
    private Mark awaitCommitted(long records) {
        PollingWait.until(instance.application() + " has committed " + records, PATIENCE, () -> {
            instance.process().requireAlive();
            return bed.committed(instance.application()) >= records;
        });
        long committed = bed.committed(instance.application());
        return new Mark(System.nanoTime(), committed, instance.process().cpuSeconds(), bed.cpuSeconds());
    }
}
