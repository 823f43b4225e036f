package io.sessionizer.bench.scenario;

import io.sessionizer.bench.BarChart;
import io.sessionizer.bench.BenchMeasure;
import io.sessionizer.bench.BenchOptions;
import io.sessionizer.bench.BenchReport;
import io.sessionizer.bench.RoundResult;
import io.sessionizer.bench.load.LoadShape;
import io.sessionizer.bench.process.BenchBroker;
import io.sessionizer.bench.process.BenchInstance;
import io.sessionizer.bench.process.BenchRunner;
import io.sessionizer.bench.process.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The end-to-end benchmark: each runner once a round, under one guarantee and then the other. */
public final class EndToEnd {
    private static final long GAP_MS = 20 * 60_000;
    /** What is out of order, but not late by hours, comes within this. */
    private static final long GRACE_MS = 10 * 60_000;

    private final BenchOptions options;
    private final BenchBroker bed;
    private final Map<BenchRunner, InputBacklog> backlogs;
    private final BenchInstance.RunnerEnvironment place;
    private final List<RoundResult> results = new ArrayList<>();

    private EndToEnd(
            BenchOptions options,
            BenchBroker bed,
            Map<BenchRunner, InputBacklog> backlogs,
            BenchInstance.RunnerEnvironment place) {
        this.options = options;
        this.bed = bed;
        this.backlogs = backlogs;
        this.place = place;
    }

    /** Runs what the options ask for; table, chart and raw figures are in their directory when it returns. */
    public static BenchReport run(BenchOptions options) throws IOException {
        Files.createDirectories(options.output());
        Path logs = options.output().resolve("logs");
        try (ScratchDirectory scratch = ScratchDirectory.in(options.output());
                BenchBroker bed = BenchBroker.start(scratch.path().resolve("broker"), logs.resolve("broker.log"))) {
            BenchInstance.RunnerEnvironment place =
                    new BenchInstance.RunnerEnvironment(scratch.path(), logs, options.heap(), options.before());
            return new EndToEnd(options, bed, backlogs(options, bed), place).rounds();
        }
    }

    /** One for all, and a shorter one for the DSL. */
    private static Map<BenchRunner, InputBacklog> backlogs(BenchOptions options, BenchBroker bed) {
        long now = System.currentTimeMillis();
        Map<LoadShape, InputBacklog> filled = new HashMap<>();
        Map<BenchRunner, InputBacklog> backlogs = new EnumMap<>(BenchRunner.class);
        for (BenchRunner runner : options.runners()) {
            LoadShape shape = options.shape(now, runner);
            backlogs.put(
                    runner,
                    filled.computeIfAbsent(shape, each -> filled(bed, "events-" + filled.size(), each, options)));
        }
        return backlogs;
    }

    private static InputBacklog filled(BenchBroker bed, String topic, LoadShape shape, BenchOptions options) {
        System.out.println("Filling a topic: " + shape);
        InputBacklog backlog = InputBacklog.fill(
                bed, topic, shape, new InputBacklog.BacklogSpec(options.partitions(), GAP_MS, 2 * (GAP_MS + GRACE_MS)));
        System.out.printf(
                "%,d events that count, %,d sessions%n",
                backlog.sessions().counted(), backlog.sessions().count());
        return backlog;
    }

    private BenchReport rounds() throws IOException {
        for (String guarantee : options.guarantees()) {
            for (int round = 1; round <= options.rounds(); round++) {
                // each is first as often as the others, as far as rounds go
                List<BenchRunner> order = new ArrayList<>(options.runners());
                Collections.rotate(order, round - 1);
                for (BenchRunner runner : order) {
                    record(measure(guarantee, runner, round));
                }
            }
        }
        BenchReport report = new BenchReport(results);
        String text = report.markdown() + "\n" + conditions();
        Files.writeString(options.output().resolve("results.md"), text);
        Files.writeString(options.output().resolve("results.svg"), BarChart.of(report));
        System.out.println();
        System.out.println(text);
        System.out.println("Table, chart and raw figures: " + options.output().toAbsolutePath());
        return report;
    }

    /** What the figures hold for. */
    private String conditions() {
        return String.format(
                Locale.ROOT,
                "Medians of %d round(s), from least to most; ratios to copy. %,d events of %,d users in %d partitions"
                        + " (for the DSL %,d events); %d processors with the broker beside, Java %s, heap %s, settings on top: %s. Conclusions are"
                        + " counted from when a session is over, which for the DSL is a grace of %d minutes later.%n",
                options.rounds(),
                options.events(),
                options.users(),
                options.partitions(),
                Math.min(options.events(), options.dslEvents()),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                options.heap(),
                options.settings().isEmpty() ? "none" : options.settings(),
                GRACE_MS / 60_000);
    }

    private RoundResult measure(String guarantee, BenchRunner runner, int round) throws IOException {
        String application = String.join("-", runner.label(), guarantee.replace('_', '-'), Integer.toString(round));
        var settings = new HashMap<>(options.settings());
        settings.put("processing.guarantee", guarantee);
        InputBacklog backlog = backlogs.get(runner);
        BenchInstance.RunnerJob job =
                new BenchInstance.RunnerJob(runner, application, backlog.topic(), GRACE_MS, settings);
        RoundResult result =
                new RoundResult(guarantee, runner, round, Throughput.measurements(bed, backlog, job, place));
        if (options.liveSeconds() == 0) {
            return result;
        }
        HalfLoadLatency.LoadPlan plan = new HalfLoadLatency.LoadPlan(
                Math.min(options.rate(), result.values().get(BenchMeasure.EVENTS_PER_SECOND) / 2),
                options.partitions(),
                options.warmupSeconds(),
                options.liveSeconds());
        return result.with(HalfLoadLatency.measurements(bed, plan, job, place, GAP_MS));
    }

    private void record(RoundResult result) throws IOException {
        results.add(result);
        System.out.println(result.json());
        Files.writeString(
                options.output().resolve("results.jsonl"),
                result.json() + System.lineSeparator(),
                StandardOpenOption.CREATE,
                results.size() == 1 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND,
                StandardOpenOption.WRITE);
    }
}
