package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for operators has each metric and each alert, and no other. */
class OperationsPageTest {
    private static final Pattern METRIC = Pattern.compile("`(sessionizer_\\w+)(?:\\{[\\w,]+})?`");

    private final MarkdownPage page = MarkdownPage.read("docs/operations.md");

    @Test
    void explainsEachMetric() throws IOException {
        Set<String> explained = page.table("### Metrics").stream()
                .flatMap(row -> METRIC.matcher(row.get(0)).results())
                .map(metric -> metric.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(names("src/test/resources/golden/metrics/families.txt", "sessionizer_\\w+"), explained);
    }

    @Test
    void explainsEachAlert() throws IOException {
        List<List<String>> alerts = page.table("### Alerts");

        assertEquals(
                names("config/prometheus/alerts.yml", " *- alert: (\\w+)"),
                alerts.stream().map(row -> row.get(0).replace("`", "")).collect(Collectors.toCollection(TreeSet::new)));
        for (List<String> alert : alerts) {
            assertFalse(alert.get(2).isEmpty(), () -> "What to do at " + alert.get(0));
        }
    }

    private static Set<String> names(String file, String pattern) throws IOException {
        Pattern name = Pattern.compile("^" + pattern);
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.map(name::matcher)
                    .filter(matcher -> matcher.find())
                    .map(matcher -> matcher.group(matcher.groupCount()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
