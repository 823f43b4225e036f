package io.sessionizer.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
record Result(String guarantee, Runner runner, int round, Map<Measure, Double> figures) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    Result {
        figures = Map.copyOf(figures);
    }

    /** The two phases of a round together. */
    Result with(Map<Measure, Double> more) {
        Map<Measure, Double> all = new EnumMap<>(Measure.class);
        all.putAll(figures);
        all.putAll(more);
        return new Result(guarantee, runner, round, all);
    }

    /** A line of JSON, without the line's end. */
    String json() {
        ObjectNode line = MAPPER.createObjectNode()
                .put("guarantee", guarantee)
                .put("runner", runner.label())
                .put("round", round);
        for (Measure measure : Measure.values()) {
            if (figures.containsKey(measure)) {
                line.put(measure.name().toLowerCase(Locale.ROOT), figures.get(measure));
            }
        }
        return line.toString();
    }
}
