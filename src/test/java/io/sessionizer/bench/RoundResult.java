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
 * @param values what could be measured of this runner
 */
public record RoundResult(String guarantee, BenchRunner runner, int round, Map<BenchMeasure, Double> values) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public RoundResult {
        values = Map.copyOf(values);
    }

    /** The two phases of a round together. */
    public RoundResult with(Map<BenchMeasure, Double> more) {
        Map<BenchMeasure, Double> all = new EnumMap<>(BenchMeasure.class);
        all.putAll(values);
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
            if (values.containsKey(measure)) {
                line.put(measure.name().toLowerCase(Locale.ROOT), values.get(measure));
            }
        }
        return line.toString();
    }
}
