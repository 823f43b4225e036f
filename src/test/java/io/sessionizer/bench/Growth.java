package io.sessionizer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** How the cost of an event grows with one size of the job, all others left alone: the same rounds for each size. */
final class Growth {
    private static final List<Measure> SHOWN = List.of(
            Measure.EVENTS_PER_SECOND,
            Measure.CPU_SECONDS,
            Measure.CHANGELOG_RECORDS,
            Measure.CHANGELOG_BYTES,
            Measure.PEAK_MEGABYTES,
            Measure.EVENTS_LOST,
            Measure.SESSIONS_WRONG);

    private static final List<String> EACH =
            List.of("--runners=sessionizer", "--guarantees=exactly_once_v2", "--live=0", "--rounds=3");

    /**
     * What grows.
     *
     * @param option the size
     * @param values from small to large
     * @param others the other options, for each of them
     */
    private record Size(String option, List<Integer> values, IntFunction<List<String>> others) {}

    private static final int RECORDS = 8_000_000;

    private static final Map<String, Size> SIZES = Map.of(
            // all have been seen in the half day before; as many records for each, since a process that has run
            // for longer is faster, and larger
            "users",
                    new Size(
                            "--users",
                            List.of(10_000, 50_000, 100_000, 1_000_000, 5_000_000),
                            users -> List.of("--remembered=1", "--events=" + (RECORDS - users))),
            "partitions", new Size("--partitions", List.of(1, 4, 16), partitions -> List.of("--events=" + RECORDS)),
            // so short that none is forgotten before the end
            "remembered",
                    new Size(
                            "--remembered",
                            List.of(1, 5, 50),
                            remembered -> List.of("--users=50000", "--hours=3", "--events=700000")));

    private Growth() {}

    /** @param arguments what grows, then options that beat those chosen here */
    static void run(List<String> arguments) throws IOException {
        Size size = arguments.isEmpty() ? null : SIZES.get(arguments.get(0));
        if (size == null) {
            throw new IllegalArgumentException(
                    "growth: must be followed by users, partitions or remembered. Found: " + arguments);
        }
        List<String> given = arguments.subList(1, arguments.size());
        List<String> lines = new ArrayList<>();
        Path output = Options.parse(given).output();
        for (int value : size.values()) {
            List<String> all = new ArrayList<>(EACH);
            all.addAll(size.others().apply(value));
            all.add(size.option() + "=" + value);
            all.addAll(given);
            all.add("--output=" + output.resolve("growth" + size.option() + "-" + value));
            Report report = EndToEnd.run(Options.parse(all));
            lines.add(row(value, report));
        }
        String head = "| " + size.option().substring(2) + " | "
                + String.join(" | ", SHOWN.stream().map(Measure::title).toList()) + " |\n"
                + "| ---: |" + " ---: |".repeat(SHOWN.size()) + "\n";
        String table = head + String.join("", lines);
        Files.writeString(output.resolve("growth" + size.option() + ".md"), table);
        System.out.println(table);
    }

    private static String row(int value, Report report) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %,d |", value));
        String guarantee = report.guarantees().get(0);
        for (Measure measure : SHOWN) {
            row.append(' ')
                    .append(report.spread(guarantee, Runner.SESSIONIZER, measure)
                            .map(spread -> Report.text(measure, spread))
                            .orElse("–"))
                    .append(" |");
        }
        return row.append('\n').toString();
    }
}
