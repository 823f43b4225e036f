package io.sessionizer.bench;

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
final class EndToEnd {
    private static final long GAP_MS = 20 * 60_000;
    /** What is out of order, but not late by hours, comes within this. */
    private static final long GRACE_MS = 10 * 60_000;

    private final Options options;
    private final Bed bed;
    private final Map<Runner, Backlog> backlogs;
    private final Instance.Workplace place;
    private final List<Result> results = new ArrayList<>();

    private EndToEnd(Options options, Bed bed, Map<Runner, Backlog> backlogs, Instance.Workplace place) {
        this.options = options;
        this.bed = bed;
        this.backlogs = backlogs;
        this.place = place;
    }

    /** Runs what the options ask for; table, chart and raw figures are in their directory when it returns. */
    static Report run(Options options) throws IOException {
        Files.createDirectories(options.output());
        Path logs = options.output().resolve("logs");
        try (Scratch scratch = Scratch.in(options.output());
                Bed bed = Bed.start(scratch.path().resolve("broker"), logs.resolve("broker.log"))) {
            Instance.Workplace place = new Instance.Workplace(scratch.path(), logs, options.heap(), options.before());
            return new EndToEnd(options, bed, backlogs(options, bed), place).rounds();
        }
    }

    /** One for all, and a shorter one for the DSL. */
    private static Map<Runner, Backlog> backlogs(Options options, Bed bed) {
        long now = System.currentTimeMillis();
        Map<Shape, Backlog> filled = new HashMap<>();
        Map<Runner, Backlog> backlogs = new EnumMap<>(Runner.class);
        for (Runner runner : options.runners()) {
            Shape shape = options.shape(now, runner);
            backlogs.put(
                    runner,
                    filled.computeIfAbsent(shape, each -> filled(bed, "events-" + filled.size(), each, options)));
        }
        return backlogs;
    }

    private static Backlog filled(Bed bed, String topic, Shape shape, Options options) {
        System.out.println("Filling a topic: " + shape);
        Backlog backlog = Backlog.fill(
                bed, topic, shape, new Backlog.Filling(options.partitions(), GAP_MS, 2 * (GAP_MS + GRACE_MS)));
        System.out.printf(
                "%,d events that count, %,d sessions%n",
                backlog.sessions().counted(), backlog.sessions().count());
        return backlog;
    }

    private Report rounds() throws IOException {
        for (String guarantee : options.guarantees()) {
            for (int round = 1; round <= options.rounds(); round++) {
                // each is first as often as the others, as far as rounds go
                List<Runner> order = new ArrayList<>(options.runners());
                Collections.rotate(order, round - 1);
                for (Runner runner : order) {
                    record(measure(guarantee, runner, round));
                }
            }
        }
        Report report = new Report(results);
        String text = report.markdown() + "\n" + conditions();
        Files.writeString(options.output().resolve("results.md"), text);
        Files.writeString(options.output().resolve("results.svg"), Chart.of(report));
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

    private Result measure(String guarantee, Runner runner, int round) throws IOException {
        String application = String.join("-", runner.label(), guarantee.replace('_', '-'), Integer.toString(round));
        var settings = new HashMap<>(options.settings());
        settings.put("processing.guarantee", guarantee);
        Backlog backlog = backlogs.get(runner);
        Instance.Job job = new Instance.Job(runner, application, backlog.topic(), GRACE_MS, settings);
        Result result = new Result(guarantee, runner, round, Throughput.figures(bed, backlog, job, place));
        if (options.liveSeconds() == 0) {
            return result;
        }
        HalfLoad.Plan plan = new HalfLoad.Plan(
                Math.min(options.rate(), result.figures().get(Measure.EVENTS_PER_SECOND) / 2),
                options.partitions(),
                options.warmSeconds(),
                options.liveSeconds());
        return result.with(HalfLoad.figures(bed, plan, job, place, GAP_MS));
    }

    private void record(Result result) throws IOException {
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
