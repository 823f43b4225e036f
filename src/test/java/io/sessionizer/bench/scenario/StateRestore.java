package io.sessionizer.bench.scenario;

import io.sessionizer.bench.BenchOptions;
import io.sessionizer.bench.Spread;
import io.sessionizer.bench.load.LoadShape;
import io.sessionizer.bench.process.BenchBroker;
import io.sessionizer.bench.process.BenchInstance;
import io.sessionizer.bench.process.BenchRunner;
import io.sessionizer.bench.process.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the service takes to have the state of many users back from its changelogs, beside a plain consumer that only
 * reads these. Its time is that of a start without state less that of a start with it, so neither the JVM's start nor that
 * of the consumer group counts.
 */
public final class StateRestore {
    private static final long GAP_MS = 20 * 60_000;
    private static final String APPLICATION = "restore";
    private static final List<String> EACH =
            List.of("--users=1000000", "--remembered=1", "--hours=8", "--events=500000", "--rounds=3");

    private StateRestore() {}

    /** @param arguments options that beat those chosen here */
    public static void run(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(EACH);
        all.addAll(arguments);
        BenchOptions options = BenchOptions.parse(all);
        Path logs = options.output().resolve("logs");
        try (ScratchDirectory scratch = ScratchDirectory.in(options.output());
                BenchBroker bed = BenchBroker.start(scratch.path().resolve("broker"), logs.resolve("broker.log"))) {
            LoadShape shape = options.shape(System.currentTimeMillis());
            System.out.println("Filling the topic: " + shape);
            InputBacklog backlog = InputBacklog.fill(
                    bed, "events", shape, new InputBacklog.BacklogSpec(options.partitions(), GAP_MS, 2 * GAP_MS));
            BenchInstance.RunnerJob job = new BenchInstance.RunnerJob(
                    BenchRunner.SESSIONIZER, APPLICATION, backlog.topic(), 0, options.settings());
            BenchInstance.RunnerEnvironment place =
                    new BenchInstance.RunnerEnvironment(scratch.path(), logs, options.heap(), options.before());
            try (BenchInstance instance = BenchInstance.start(bed, job, options.partitions(), place)) {
                instance.awaitDone(backlog.records());
                instance.end();
                String table = measure(bed, instance, options);
                Files.writeString(options.output().resolve("restore.md"), table);
                System.out.println(table);
            }
        }
    }

    private static String measure(BenchBroker bed, BenchInstance instance, BenchOptions options) throws IOException {
        long records = 0;
        double[] restores = new double[options.rounds()];
        double[] reads = new double[options.rounds()];
        for (int round = 0; round < options.rounds(); round++) {
            double withState = instance.secondsToRunAgain();
            instance.end();
            instance.loseState();
            double without = instance.secondsToRunAgain();
            instance.end();
            long started = System.nanoTime();
            records = read(bed);
            reads[round] = (System.nanoTime() - started) / 1e9;
            restores[round] = without - withState;
            System.out.printf(
                    Locale.ROOT,
                    "round %d: starts in %.1f s with state, in %.1f s without; %,d changelog records read in %.1f s%n",
                    round + 1,
                    withState,
                    without,
                    records,
                    reads[round]);
        }
        Spread restore = Spread.of(restores);
        Spread read = Spread.of(reads);
        return String.format(
                Locale.ROOT,
                "| %,d users, %,d changelog records | s | records/s |%n| --- | ---: | ---: |%n"
                        + "| restored | %.1f (%.1f–%.1f) | %,.0f, **×%.2f** |%n| read by a plain consumer | %.1f (%.1f–%.1f) | %,.0f |%n",
                options.users(),
                records,
                restore.median(),
                restore.least(),
                restore.most(),
                records / restore.median(),
                read.median() / restore.median(),
                read.median(),
                read.least(),
                read.most(),
                records / read.median());
    }

    /** Reads all changelogs from beginning to end; how many records that were. */
    private static long read(BenchBroker bed) {
        long records = 0;
        try (var reader = bed.reader(bed.changelogPartitions(APPLICATION), Map.of())) {
            var ends = reader.endOffsets(reader.assignment());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                records += reader.poll(Duration.ofMillis(100)).count();
            }
        }
        return records;
    }
}
