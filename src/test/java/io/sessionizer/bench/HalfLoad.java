package io.sessionizer.bench;

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
 * {@value Pacer#FASTER} times faster, so the gap and the retention are so much shorter too.
 */
final class HalfLoad {
    private static final long DAY_MS = 86_400_000;

    private final KafkaConsumer<byte[], byte[]> reader;
    private final Instance instance;
    private final Latencies stamps = new Latencies();
    private final Latencies conclusions = new Latencies();
    private final long gapMs;

    private HalfLoad(KafkaConsumer<byte[], byte[]> reader, Instance instance, long gapMs) {
        this.reader = reader;
        this.instance = instance;
        this.gapMs = gapMs;
    }

    /**
     * How long it lasts, and how much is sent.
     *
     * @param perSecond events a second, at most half of what the runner has been seen to work off
     */
    record Plan(double perSecond, int partitions, int warmSeconds, int liveSeconds) {}

    /** The job as it is for a life that runs so much faster. */
    private static Instance.Job faster(Instance.Job job, long gapMs) {
        Map<String, String> settings = new HashMap<>(job.settings());
        settings.put("session.inactivity.gap.ms", Long.toString(gapMs / Pacer.FASTER));
        settings.put("session.retention.ms", Long.toString(DAY_MS / Pacer.FASTER));
        String application = job.application() + "-live";
        return new Instance.Job(
                job.runner(), application, application + "-events", job.graceMs() / Pacer.FASTER, settings);
    }

    /** Runs it for as long as planned. {@code gapMs} and the job are those of life itself. */
    static Map<Measure, Double> figures(Bed bed, Plan plan, Instance.Job life, Instance.Workplace place, long gapMs)
            throws IOException {
        Instance.Job job = faster(life, gapMs);
        bed.create(List.of(job.input()), plan.partitions());
        try (Instance instance = Instance.start(bed, job, plan.partitions(), place)) {
            bed.awaitAssigned(job.application(), plan.partitions());
            try (var reader = reader(bed, instance, plan.partitions());
                    Pacer pacer =
                            Pacer.start(bed, job.input(), plan.perSecond(), plan.warmSeconds() + plan.liveSeconds())) {
                // a session is over when nothing more can come; what a runner waits for beyond that is its own doing
                long overAfter = gapMs / Pacer.FASTER + job.runner().holdsBackMs(job.graceMs());
                return new HalfLoad(reader, instance, overAfter).run(plan, pacer);
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> reader(Bed bed, Instance instance, int partitions) {
        List<TopicPartition> read = new ArrayList<>(List.of(new TopicPartition(instance.enriched(), 0)));
        for (int partition = 0; partition < partitions; partition++) {
            read.add(new TopicPartition(instance.concluded(), partition));
        }
        return bed.reader(read, Map.of("max.poll.records", "100000"));
    }

    private Map<Measure, Double> run(Plan plan, Pacer pacer) {
        readUntil(System.currentTimeMillis() + plan.warmSeconds() * 1000L, Long.MAX_VALUE);
        long from = System.currentTimeMillis();
        long sentBefore = pacer.sent();
        pacer.forgetDelays();
        readUntil(from + plan.liveSeconds() * 1000L, from);
        double perSecond = (pacer.sent() - sentBefore) * 1000.0 / (System.currentTimeMillis() - from);
        Map<Measure, Double> figures = new EnumMap<>(Measure.class);
        figures.put(Measure.HALF_LOAD, perSecond);
        figures.put(Measure.SENT_LATE_MS, (double) pacer.longestDelayMs());
        stamps.put(figures, Measure.STAMP_P50_MS, Measure.STAMP_P99_MS);
        conclusions.put(figures, Measure.CONCLUDED_P50_MS, Measure.CONCLUDED_P99_MS);
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
    private static final class Latencies {
        private double[] ms = new double[1 << 16];
        private int count;

        void add(long latency) {
            if (count == ms.length) {
                ms = Arrays.copyOf(ms, 2 * count);
            }
            ms[count++] = latency;
        }

        void put(Map<Measure, Double> figures, Measure half, Measure almostAll) {
            if (count > 0) {
                Spread spread = Spread.of(Arrays.copyOf(ms, count));
                figures.put(half, spread.percentile(50));
                figures.put(almostAll, spread.percentile(99));
            }
        }
    }
}
