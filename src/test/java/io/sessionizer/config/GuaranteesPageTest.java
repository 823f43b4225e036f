package io.sessionizer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names a test for each rule, and each exists and is run by the build. */
class GuaranteesPageTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    private static final Pattern METHOD =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest)\\b.*?\\bvoid (\\w+)\\(", Pattern.DOTALL);

    /** A row of three columns, but for the head and those of settings, whose first column is a name. */
    private static final Pattern FAULT =
            Pattern.compile("\\| (?!what |--)[^|]+ \\| [^|]+ \\| [^|]*`[A-Z][A-Za-z]+[^|]* \\|");

    /** A test class, or one of its methods. */
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([A-Za-z_0-9]+))?`");

    @Test
    void eachRuleHasATestThatExistsAndRuns() throws IOException {
        Map<String, Path> classes = classes();
        TreeSet<String> missing = new TreeSet<>();
        for (MatchResult named : named(page())) {
            Path file = classes.get(named.group(1));
            if (file == null || !isRun(file) || !testsOf(file).contains(named.group(2))) {
                missing.add(named.group());
            }
        }
        assertEquals(new TreeSet<>(), missing, "tests that do not exist, or that the build does not run");
    }

    @Test
    void noRuleIsWithoutATest() throws IOException {
        List<String> rules = page().lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| rule"))
                .toList();
        assertTrue(rules.size() > 50, "rules: must be read");
        assertEquals(
                List.of(), rules.stream().filter(rule -> named(rule).isEmpty()).toList());
    }

    @Test
    void eachFaultHasATestThatExistsAndRuns() throws IOException {
        Map<String, Path> classes = classes();
        List<String> rows = Files.readString(Path.of("docs/faults.md"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> FAULT.matcher(line).matches())
                .toList();
        assertTrue(rows.size() > 40, "faults: must be read");
        TreeSet<String> missing = new TreeSet<>();
        for (String row : rows) {
            List<MatchResult> tests = TEST.matcher(row.substring(row.lastIndexOf(" | ")))
                    .results()
                    .toList();
            if (tests.isEmpty()) {
                missing.add(row);
            }
            for (MatchResult test : tests) {
                Path file = classes.get(test.group(1));
                boolean isThere = file != null
                        && isRun(file)
                        && (test.group(2) == null || testsOf(file).contains(test.group(2)));
                if (!isThere) {
                    missing.add(test.group());
                }
            }
        }
        assertEquals(new TreeSet<>(), missing, "tests that do not exist, or that the build does not run");
    }

    @Test
    void theReadmeNamesTestsThatExistAndRun() throws IOException {
        Map<String, Path> classes = classes();
        String readme = Files.readString(Path.of("README.md"), StandardCharsets.UTF_8);
        List<String> guarantees = Pattern.compile("\\| `([A-Z]\\w+)` \\|$", Pattern.MULTILINE)
                .matcher(readme)
                .results()
                .map(named -> named.group(1))
                .toList();
        assertTrue(guarantees.size() >= 10, guarantees::toString);
        for (String guarantee : guarantees) {
            assertTrue(classes.containsKey(guarantee) && isRun(classes.get(guarantee)), guarantee);
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/guarantees.md"), StandardCharsets.UTF_8);
    }

    private static List<MatchResult> named(String text) {
        return NAMED.matcher(text).results().toList();
    }

    private static Map<String, Path> classes() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file));
        }
    }

    /** Surefire runs those named so; Failsafe also what the POM includes by its folder. */
    private static boolean isRun(Path file) throws IOException {
        String name = file.getFileName().toString();
        String folder = TESTS.relativize(file).getParent().toString().replace('\\', '/');
        String pom = Files.readString(Path.of("pom.xml"), StandardCharsets.UTF_8);
        return name.endsWith("Test.java")
                || name.endsWith("IT.java")
                || pom.contains("<include>" + folder + "/*.java</include>");
    }

    private static List<String> testsOf(Path file) throws IOException {
        return METHOD.matcher(Files.readString(file, StandardCharsets.UTF_8))
                .results()
                .map(method -> method.group(1))
                .toList();
    }
}
