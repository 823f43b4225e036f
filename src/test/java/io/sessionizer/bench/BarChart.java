package io.sessionizer.bench;

import io.sessionizer.bench.process.BenchRunner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results of a run as an SVG bar chart: a panel a measure, a bar a runner, a line from the least round to the most. */
public final class BarChart {
    private static final List<BenchMeasure> SHOWN = List.of(
            BenchMeasure.EVENTS_PER_SECOND,
            BenchMeasure.CPU_SECONDS,
            BenchMeasure.STAMP_P99_MS,
            BenchMeasure.PEAK_MEGABYTES);

    private static final int WIDTH = 760;
    private static final int LABEL_WIDTH = 110;
    private static final int BAR_WIDTH = 470;
    private static final int BAR_HEIGHT = 22;
    private static final int TITLE_HEIGHT = 30;
    private static final int MARGIN = 14;

    private final BenchReport report;
    private final StringBuilder svg = new StringBuilder();
    private int y = MARGIN;

    private BarChart(BenchReport report) {
        this.report = report;
    }

    public static String of(BenchReport report) {
        BarChart chart = new BarChart(report);
        for (String guarantee : report.guarantees()) {
            SHOWN.forEach(measure -> chart.panel(guarantee, measure));
        }
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"sans-serif\" font-size=\"13\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                        WIDTH,
                        chart.y + MARGIN,
                        WIDTH,
                        chart.y + MARGIN)
                + chart.svg + "</svg>\n";
    }

    private void panel(String guarantee, BenchMeasure measure) {
        double most = report.runners().stream()
                .flatMap(runner -> report.spread(guarantee, runner, measure).stream())
                .mapToDouble(Spread::most)
                .max()
                .orElse(0);
        if (most == 0) {
            return;
        }
        add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s, %s</text>", MARGIN, y + 18, measure.title(), guarantee);
        y += TITLE_HEIGHT;
        for (BenchRunner runner : report.runners()) {
            Optional<Spread> spread = report.spread(guarantee, runner, measure);
            if (spread.isPresent()) {
                bar(runner, measure, spread.get(), BAR_WIDTH / most);
            }
        }
        y += MARGIN;
    }

    private void bar(BenchRunner runner, BenchMeasure measure, Spread spread, double scale) {
        int middle = y + BAR_HEIGHT / 2;
        double end = LABEL_WIDTH + spread.median() * scale;
        double least = LABEL_WIDTH + spread.least() * scale;
        double most = LABEL_WIDTH + spread.most() * scale;
        add("<text x=\"%d\" y=\"%d\">%s</text>", MARGIN, middle + 5, runner.label());
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                LABEL_WIDTH, y + 2, end - LABEL_WIDTH, BAR_HEIGHT - 4, colour(runner));
        add("<path d=\"M%.1f %dH%.1f\" stroke=\"#222\" stroke-width=\"2\"/>", least, middle, most);
        add("<text x=\"%.1f\" y=\"%d\">%s</text>", most + 8, middle + 5, measure.text(spread.median()));
        y += BAR_HEIGHT;
    }

    private static String colour(BenchRunner runner) {
        return switch (runner) {
            case COPY -> "#9aa5b1";
            case DSL -> "#e0a458";
            case SESSIONIZER -> "#3b7dd8";
            case BEFORE -> "#9cc0ee";
        };
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
