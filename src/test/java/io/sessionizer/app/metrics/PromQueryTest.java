package io.sessionizer.app.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check of dashboard and alerts finds what it is there to find. */
class PromQueryTest {
    private static final PrometheusText SCRAPED =
            new PrometheusText(Map.of(), Map.of("a_total{reason=x}", 1.0, "b{partition=0, topic=t}", 2.0));

    @Test
    void acceptsExportedNames() {
        assertEquals(
                List.of(),
                unknown("sum by (reason) (rate(a_total{instance=~\"$i\",reason!=\"y\"}[5m])) > 0.5", "{{reason}}"));
        assertEquals(
                List.of(),
                unknown("max by (instance, topic) (b) > 1 and on (instance) up{job=\"c\"} == 1", "{{topic}}"));
        assertEquals(List.of(), unknown("b / b", "{{ $labels.partition }} {{ $value | humanize }}"));
    }

    @Test
    void findsUnknownNames() {
        assertEquals(List.of("here: metric c_total"), unknown("rate(c_total[5m])", ""));
        assertEquals(List.of("here: function rates"), unknown("rates(a_total[5m])", ""));
        assertEquals(List.of("here: label topic of a_total"), unknown("a_total{topic=\"x\"}", ""));
        assertEquals(List.of("here: by topic"), unknown("sum by (topic) (a_total)", ""));
        assertEquals(List.of("here: shown topic"), unknown("sum by (reason) (a_total)", "{{topic}}"));
        assertEquals(List.of("here: shown reason"), unknown("sum(a_total)", "{{reason}}"));
    }

    private static List<String> unknown(String expression, String shown) {
        return new PromQuery("here", expression, shown).unknown(SCRAPED);
    }
}
