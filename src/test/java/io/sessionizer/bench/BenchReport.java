package io.sessionizer.bench;

import io.sessionizer.bench.process.BenchRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The results of a run as text: for each guarantee a Markdown table, a row a measure and a column a runner. */
public record BenchReport(List<RoundResult> results) {
    public BenchReport {
        results = List.copyOf(results);
    }

    public List<String> guarantees() {
        return results.stream().map(RoundResult::guarantee).distinct().toList();
    }

    List<BenchRunner> runners() {
        return results.stream().map(RoundResult::runner).distinct().sorted().toList();
    }

    /** All rounds of a runner; empty where nothing of the sort was measured. */
    public Optional<Spread> spread(String guarantee, BenchRunner runner, BenchMeasure measure) {
        double[] values = results.stream()
                .filter(result -> result.guarantee().equals(guarantee) && result.runner() == runner)
                .filter(result -> result.values().containsKey(measure))
                .mapToDouble(result -> result.values().get(measure))
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }

    public String markdown() {
        return guarantees().stream().map(this::table).collect(Collectors.joining("\n"));
    }

    private String table(String guarantee) {
        List<String> lines = new ArrayList<>();
        lines.add("### `" + guarantee + "`\n");
        lines.add(row(
                "",
                runners().stream().map(runner -> "**" + runner.label() + "**").toList()));
        lines.add(row("---", runners().stream().map(runner -> "---:").toList()));
        for (BenchMeasure measure : BenchMeasure.values()) {
            List<String> cells = runners().stream()
                    .map(runner -> cell(guarantee, runner, measure))
                    .toList();
            lines.add(row(measure.title(), cells));
        }
        return String.join("\n", lines) + "\n";
    }

    /** Its figures, and how they compare with copy. */
    private String cell(String guarantee, BenchRunner runner, BenchMeasure measure) {
        Optional<Spread> found = spread(guarantee, runner, measure);
        if (found.isEmpty()) {
            return "–";
        }
        Spread spread = found.get();
        String text = text(measure, spread);
        Optional<Spread> copy = spread(guarantee, BenchRunner.COPY, measure);
        if (measure.isCompared() && runner != BenchRunner.COPY && copy.isPresent()) {
            text += String.format(
                    Locale.ROOT, ", **×%.2f**", spread.median() / copy.get().median());
        }
        return text;
    }

    /** Median, and in brackets from least to most. */
    public static String text(BenchMeasure measure, Spread spread) {
        String text = measure.text(spread.median());
        return spread.least() == spread.most()
                ? text
                : text + " (" + measure.text(spread.least()) + "–" + measure.text(spread.most()) + ")";
    }

    private static String row(String head, List<String> cells) {
        return "| " + head + " | " + String.join(" | ", cells) + " |";
    }
}
