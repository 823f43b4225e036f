package io.sessionizer.app.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Prometheus text format 0.0.4, read strictly: HELP and TYPE once a family and before its series, a family's lines
 * together, legal names, no series twice.
 *
 * @param types by family
 * @param series the value by name and labels, labels sorted
 */
record PrometheusText(Map<String, String> types, Map<String, Double> series) {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|[-+0-9.eE]+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\"\\\\n])*)\"(?:,|$)");

    /** @throws AssertionError with the line that is wrong */
    static PrometheusText parse(String text) {
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, Double> series = new LinkedHashMap<>();
        Set<String> helped = new HashSet<>();
        String family = "";
        check(text.isEmpty() || text.endsWith("\n"), "the last line must end", text);
        for (String line : text.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (comment.matches() && comment.group(1).equals("HELP")) {
                family = comment.group(2);
                check(helped.add(family), "HELP must stand once", line);
            } else if (comment.matches()) {
                check(comment.group(2).equals(family), "TYPE must follow its HELP", line);
                check(types.put(family, comment.group(3)) == null, "TYPE must stand once", line);
            } else if (sample.matches()) {
                check(sample.group(1).equals(family), "a sample must stand with its family", line);
                String key = sample.group(1) + labels(sample.group(2), line);
                check(series.put(key, value(sample.group(3))) == null, "a series must stand once", line);
            } else {
                check(false, "a line must be a comment or a sample", line);
            }
        }
        return new PrometheusText(types, series);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        int end = 0;
        while (label.find() && label.start() == end) {
            check(labels.put(label.group(1), label.group(2)) == null, "a label must stand once", line);
            end = label.end();
        }
        check(text == null || end == text.length(), "labels must be legal", line);
        return labels;
    }

    private static double value(String text) {
        return text.endsWith("Inf") ? Double.parseDouble(text + "inity") : Double.parseDouble(text);
    }

    private static void check(boolean isSo, String rule, String line) {
        if (!isSo) {
            throw new AssertionError(rule + ". Found: " + line);
        }
    }

    /** The names of labels that series of each name have. */
    Map<String, Set<String>> labelNames() {
        Map<String, Set<String>> names = new HashMap<>();
        Pattern label = Pattern.compile("[{ ]([a-zA-Z_][a-zA-Z0-9_]*)=");
        for (String key : series.keySet()) {
            int brace = key.indexOf('{');
            Set<String> labels = names.computeIfAbsent(key.substring(0, brace), name -> new HashSet<>());
            Matcher matcher = label.matcher(key.substring(brace));
            while (matcher.find()) {
                labels.add(matcher.group(1));
            }
        }
        return names;
    }
}
