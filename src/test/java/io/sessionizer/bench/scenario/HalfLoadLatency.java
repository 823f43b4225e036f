package io.sessionizer.bench.scenario;

import io.sessionizer.bench.BenchMeasure;
import io.sessionizer.bench.Spread;
import io.sessionizer.bench.load.LoadPacer;
import io.sessionizer.bench.process.BenchBroker;
import io.sessionizer.bench.process.BenchInstance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How long a read-committed reader waits, when a runner gets at most half of what it can do: from an event's append to its
 * stamp, of the first partition's events; and from the moment a session is over to its conclusion. Life runs
 * {@value LoadPacer#FASTER} times faster, so the gap and the retention are so much shorter too.
 */
final class HalfLoadLatency {
    private static final long DAY_MS = 86_400_000;

    private final KafkaConsumer<byte[], byte[]> reader;
    private final BenchInstance instance;
    private final LatencySamples stamps = new LatencySamples();
    private final LatencySamples conclusions = new LatencySamples();
    private final long gapMs;

    private HalfLoadLatency(KafkaConsumer<byte[], byte[]> reader, BenchInstance instance, long gapMs) {
        this.reader = reader;
        this.instance = instance;
        this.gapMs = gapMs;
    }

    /**
     * How long it lasts, and how much is sent.
     *
     * @param perSecond events a second, at most half of what the runner has been measured to process
     */
    record LoadPlan(double perSecond, int partitions, int warmupSeconds, int liveSeconds) {}

    /** The job as it is for a life that runs so much faster. */
    private static BenchInstance.RunnerJob faster(BenchInstance.RunnerJob job, long gapMs) {
        Map<String, String> settings = new HashMap<>(job.settings());
        settings.put("session.inactivity.gap.ms", Long.toString(gapMs / LoadPacer.FASTER));
        settings.put("session.retention.ms", Long.toString(DAY_MS / LoadPacer.FASTER));
        String application = job.application() + "-live";
        return new BenchInstance.RunnerJob(
                job.runner(), application, application + "-events", job.graceMs() / LoadPacer.FASTER, settings);
    }

    /** Runs it for as long as planned. {@code gapMs} and the job are those of life itself. */
    static Map<BenchMeasure, Double> measurements(
            BenchBroker bed,
            LoadPlan plan,
            BenchInstance.RunnerJob life,
            BenchInstance.RunnerEnvironment place,
            long gapMs)
            throws IOException {
        BenchInstance.RunnerJob job = faster(life, gapMs);
        bed.create(List.of(job.input()), plan.partitions());
        try (BenchInstance instance = BenchInstance.start(bed, job, plan.partitions(), place)) {
            bed.awaitAssigned(job.application(), plan.partitions());
            try (var reader = reader(bed, instance, plan.partitions());
                    LoadPacer pacer = LoadPacer.start(
                            bed, job.input(), plan.perSecond(), plan.warmupSeconds() + plan.liveSeconds())) {
                // a session is over when nothing more can come; what a runner waits for beyond that is its own doing
                long overAfter = gapMs / LoadPacer.FASTER + job.runner().holdsBackMs(job.graceMs());
                return new HalfLoadLatency(reader, instance, overAfter).run(plan, pacer);
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> reader(BenchBroker bed, BenchInstance instance, int partitions) {
        List<TopicPartition> read = new ArrayList<>(List.of(new TopicPartition(instance.enriched(), 0)));
        for (int partition = 0; partition < partitions; partition++) {
            read.add(new TopicPartition(instance.concluded(), partition));
        }
        return bed.reader(read, Map.of("max.poll.records", "100000"));
    }

    private Map<BenchMeasure, Double> run(LoadPlan plan, LoadPacer pacer) {
        readUntil(System.currentTimeMillis() + plan.warmupSeconds() * 1000L, Long.MAX_VALUE);
        long from = System.currentTimeMillis();
        long sentBefore = pacer.sent();
        pacer.forgetDelays();
        readUntil(from + plan.liveSeconds() * 1000L, from);
        double perSecond = (pacer.sent() - sentBefore) * 1000.0 / (System.currentTimeMillis() - from);
        Map<BenchMeasure, Double> figures = new EnumMap<>(BenchMeasure.class);
        figures.put(BenchMeasure.HALF_LOAD, perSecond);
        figures.put(BenchMeasure.SENT_LATE_MS, (double) pacer.longestDelayMs());
        stamps.put(figures, BenchMeasure.STAMP_P50_MS, BenchMeasure.STAMP_P99_MS);
        conclusions.put(figures, BenchMeasure.CONCLUDED_P50_MS, BenchMeasure.CONCLUDED_P99_MS);
        return figures;
    }

    /** Takes down what was due from {@code from} on, until {@code end}, both epoch ms. */
    private void readUntil(long end, long from) {
        while (System.currentTimeMillis() < end) {
            instance.process().requireAlive();
            var records = reader.poll(Duration.ofMillis(100));
            long now = System.currentTimeMillis();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                boolean isConclusion = record.topic().equals(instance.concluded());
                long due = record.timestamp() + (isConclusion ? gapMs : 0);
                if (due >= from) {
                    (isConclusion ? conclusions : stamps).add(now - due);
                }
            }
        }
    }

    /** Waiting times in ms, as many as come. */
    private static final class LatencySamples {
        private double[] ms = new double[1 << 16];
        private int count;

        void add(long latency) {
            if (count == ms.length) {
                ms = Arrays.copyOf(ms, 2 * count);
            }
            ms[count++] = latency;
        }

        void put(Map<BenchMeasure, Double> figures, BenchMeasure half, BenchMeasure almostAll) {
            if (count > 0) {
                Spread spread = Spread.of(Arrays.copyOf(ms, count));
                figures.put(half, spread.percentile(50));
                figures.put(almostAll, spread.percentile(99));
            }
        }
    }
}
