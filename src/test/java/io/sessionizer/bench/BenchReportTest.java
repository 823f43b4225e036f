package io.sessionizer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.bench.process.BenchRunner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final BenchReport REPORT = new BenchReport(List.of(
            result(
                    BenchRunner.SESSIONIZER,
                    1,
                    Map.of(BenchMeasure.EVENTS_PER_SECOND, 60_000.0, BenchMeasure.EVENTS_LOST, 0.0)),
            result(BenchRunner.COPY, 1, Map.of(BenchMeasure.EVENTS_PER_SECOND, 100_000.0)),
            result(BenchRunner.COPY, 2, Map.of(BenchMeasure.EVENTS_PER_SECOND, 120_000.0)),
            result(
                    BenchRunner.SESSIONIZER,
                    2,
                    Map.of(BenchMeasure.EVENTS_PER_SECOND, 72_000.0, BenchMeasure.EVENTS_LOST, 0.0))));

    private static RoundResult result(BenchRunner runner, int round, Map<BenchMeasure, Double> values) {
        return new RoundResult("exactly_once_v2", runner, round, values);
    }

    @Test
    void reportsMedianSpreadAndRatioToCopy() {
        List<String> lines = REPORT.markdown().lines().toList();
        assertEquals("### `exactly_once_v2`", lines.get(0));
        assertEquals("|  | **copy** | **sessionizer** |", lines.get(2));
        assertEquals(
                "| steady events/s | 110,000 (100,000–120,000) | 66,000 (60,000–72,000), **×0.60** |", lines.get(4));
        assertTrue(lines.contains("| events that no session counts | – | 0 |"), REPORT.markdown());
    }

    @Test
    void jsonHasWhatWasMeasuredAlone() {
        assertEquals(
                "{\"guarantee\":\"exactly_once_v2\",\"runner\":\"copy\",\"round\":1,\"events_per_second\":100000.0}",
                REPORT.results().get(1).json());
    }

    @Test
    void chartHasABarForEachRunner() {
        String svg = BarChart.of(REPORT);
        assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>\n"), svg);
        // 120,000 is as long as bars get
        assertTrue(svg.contains("width=\"430.8\" height=\"18\" fill=\"#9aa5b1\""), svg);
        assertTrue(svg.contains("width=\"258.5\" height=\"18\" fill=\"#3b7dd8\""), svg);
    }
}
