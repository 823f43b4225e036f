package io.sessionizer.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.bench.process.BenchRunner;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one round of one runner has come to.
 *
 * @param guarantee as in {@code processing.guarantee}
 * @param round from 1
 * @param figures what could be measured of this runner
 */
public record RoundResult(String guarantee, BenchRunner runner, int round, Map<BenchMeasure, Double> figures) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public RoundResult {
        figures = Map.copyOf(figures);
    }

    /** The two phases of a round together. */
    public RoundResult with(Map<BenchMeasure, Double> more) {
        Map<BenchMeasure, Double> all = new EnumMap<>(BenchMeasure.class);
        all.putAll(figures);
        all.putAll(more);
        return new RoundResult(guarantee, runner, round, all);
    }

    /** A line of JSON, without the line's end. */
    public String json() {
        ObjectNode line = MAPPER.createObjectNode()
                .put("guarantee", guarantee)
                .put("runner", runner.label())
                .put("round", round);
        for (BenchMeasure measure : BenchMeasure.values()) {
            if (figures.containsKey(measure)) {
                line.put(measure.name().toLowerCase(Locale.ROOT), figures.get(measure));
            }
        }
        return line.toString();
    }
}
