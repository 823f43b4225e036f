package io.sessionizer.bench.scenario;

import io.sessionizer.bench.BenchMeasure;
import io.sessionizer.bench.BenchOptions;
import io.sessionizer.bench.BenchReport;
import io.sessionizer.bench.process.BenchRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** How the cost of an event grows with one size of the job, all others left alone: the same rounds for each size. */
public final class CostGrowth {
    private static final List<BenchMeasure> SHOWN = List.of(
            BenchMeasure.EVENTS_PER_SECOND,
            BenchMeasure.CPU_SECONDS,
            BenchMeasure.CHANGELOG_RECORDS,
            BenchMeasure.CHANGELOG_BYTES,
            BenchMeasure.PEAK_MEGABYTES,
            BenchMeasure.EVENTS_LOST,
            BenchMeasure.SESSIONS_WRONG);

    private static final List<String> EACH =
            List.of("--runners=sessionizer", "--guarantees=exactly_once_v2", "--live=0", "--rounds=3");

    /**
     * What grows.
     *
     * @param option the size
     * @param values from small to large
     * @param others the other options, for each of them
     */
    private record GrowthSize(String option, List<Integer> values, IntFunction<List<String>> others) {}

    private static final int RECORDS = 8_000_000;

    private static final Map<String, GrowthSize> SIZES = Map.of(
            // all have been seen in the half day before; as many records for each, since a process that has run
            // for longer is faster, and larger
            "users",
                    new GrowthSize(
                            "--users",
                            List.of(10_000, 50_000, 100_000, 1_000_000, 5_000_000),
                            users -> List.of("--remembered=1", "--events=" + (RECORDS - users))),
            "partitions",
                    new GrowthSize("--partitions", List.of(1, 4, 16), partitions -> List.of("--events=" + RECORDS)),
            // so short that none is forgotten before the end
            "remembered",
                    new GrowthSize(
                            "--remembered",
                            List.of(1, 5, 50),
                            remembered -> List.of("--users=50000", "--hours=3", "--events=700000")));

    private CostGrowth() {}

    /** @param arguments what grows, then options that beat those chosen here */
    public static void run(List<String> arguments) throws IOException {
        GrowthSize size = arguments.isEmpty() ? null : SIZES.get(arguments.get(0));
        if (size == null) {
            throw new IllegalArgumentException(
                    "growth: must be followed by users, partitions or remembered. Found: " + arguments);
        }
        List<String> parameters = arguments.subList(1, arguments.size());
        List<String> lines = new ArrayList<>();
        Path output = BenchOptions.parse(parameters).output();
        for (int value : size.values()) {
            List<String> all = new ArrayList<>(EACH);
            all.addAll(size.others().apply(value));
            all.add(size.option() + "=" + value);
            all.addAll(parameters);
            all.add("--output=" + output.resolve("growth" + size.option() + "-" + value));
            BenchReport report = EndToEnd.run(BenchOptions.parse(all));
            lines.add(row(value, report));
        }
        String head = "| " + size.option().substring(2) + " | "
                + String.join(" | ", SHOWN.stream().map(BenchMeasure::title).toList()) + " |\n"
                + "| ---: |" + " ---: |".repeat(SHOWN.size()) + "\n";
        String table = head + String.join("", lines);
        Files.writeString(output.resolve("growth" + size.option() + ".md"), table);
        System.out.println(table);
    }

    private static String row(int value, BenchReport report) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %,d |", value));
        String guarantee = report.guarantees().get(0);
        for (BenchMeasure measure : SHOWN) {
            row.append(' ')
                    .append(report.spread(guarantee, BenchRunner.SESSIONIZER, measure)
                            .map(spread -> BenchReport.text(measure, spread))
                            .orElse("–"))
                    .append(" |");
        }
        return row.append('\n').toString();
    }
}
