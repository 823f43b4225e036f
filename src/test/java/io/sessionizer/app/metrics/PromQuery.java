package io.sessionizer.app.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * A PromQL expression of the dashboard or an alert, as far as names go.
 *
 * @param where the file and the place in it
 * @param shown the text that its series are shown with, with labels in double braces
 */
record PromQuery(String where, String expression, String shown) {
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "on");
    private static final Set<String> FUNCTIONS =
            Set.of("sum", "max", "min", "avg", "rate", "increase", "delta", "deriv", "label_values");
    /** What Prometheus itself adds to whatever it scrapes. */
    private static final Set<String> ITS_OWN_LABELS = Set.of("job", "instance");

    private static final Pattern MATCHERS = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\(?)");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");

    /** All of the dashboard, variables included. */
    static List<PromQuery> ofDashboard() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("config/grafana/dashboards/sessionizer.json").toFile());
        List<PromQuery> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new PromQuery(
                        panel.get("title").asText(),
                        target.get("expr").asText(),
                        target.get("legendFormat").asText()));
            }
        }
        queries.add(new PromQuery("instance", "max by (instance) (sessionizer_ready)", "{{instance}}"));
        return queries;
    }

    static List<PromQuery> ofAlerts() throws IOException {
        JsonNode rules = new ObjectMapper()
                .valueToTree(new Yaml().load(Files.readString(Path.of("config/prometheus/alerts.yml"))));
        List<PromQuery> queries = new ArrayList<>();
        for (JsonNode rule : rules.at("/groups/0/rules")) {
            queries.add(new PromQuery(
                    rule.get("alert").asText(),
                    rule.get("expr").asText(),
                    rule.get("annotations").toString()));
        }
        return queries;
    }

    /** What in it names nothing that was scraped. */
    List<String> unknown(PrometheusText scraped) {
        List<String> unknown = new ArrayList<>();
        Map<String, Set<String>> labels = scraped.labelNames();
        Set<String> metrics = metrics(unknown);
        Set<String> known = new HashSet<>(ITS_OWN_LABELS);
        for (String metric : metrics) {
            if (!metric.equals("up")) {
                Set<String> its = labels.get(metric);
                unknown.addAll(its == null ? List.of(where + ": metric " + metric) : List.of());
                known.addAll(its == null ? Set.of() : its);
            }
        }
        matchers(labels, unknown);
        Set<String> grouped = grouped();
        grouped.stream().filter(label -> !known.contains(label)).forEach(label -> unknown.add(where + ": by " + label));
        Set<String> left =
                grouped.isEmpty() && !expression.matches("(?s).*\\b(sum|max|min|avg)\\b.*") ? known : grouped;
        Matcher label = SHOWN.matcher(shown);
        while (label.find()) {
            unknown.addAll(left.contains(label.group(1)) ? List.of() : List.of(where + ": shown " + label.group(1)));
        }
        return unknown;
    }

    private Set<String> metrics(List<String> unknown) {
        String bare = GROUPING.matcher(expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\{[^}]*}|\\[[^]]*]", ""))
                .replaceAll("");
        Set<String> metrics = new TreeSet<>();
        Matcher name = NAME.matcher(bare);
        while (name.find()) {
            boolean isCalled = !name.group(2).isEmpty();
            if (isCalled && !WORDS.contains(name.group(1)) && !FUNCTIONS.contains(name.group(1))) {
                unknown.add(where + ": function " + name.group(1));
            } else if (!isCalled && !WORDS.contains(name.group(1)) && !FUNCTIONS.contains(name.group(1))) {
                metrics.add(name.group(1));
            }
        }
        return metrics;
    }

    private void matchers(Map<String, Set<String>> labels, List<String> unknown) {
        Matcher matchers = MATCHERS.matcher(expression);
        while (matchers.find()) {
            Set<String> its = labels.getOrDefault(matchers.group(1), Set.of());
            Matcher matcher = MATCHER.matcher(matchers.group(2));
            while (matcher.find()) {
                if (!its.contains(matcher.group(1)) && !ITS_OWN_LABELS.contains(matcher.group(1))) {
                    unknown.add(where + ": label " + matcher.group(1) + " of " + matchers.group(1));
                }
            }
        }
    }

    private Set<String> grouped() {
        Set<String> grouped = new TreeSet<>();
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            grouped.addAll(Arrays.asList(grouping.group(1).split("\\s*,\\s*")));
        }
        return grouped;
    }
}
