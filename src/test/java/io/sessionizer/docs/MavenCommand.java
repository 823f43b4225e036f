package io.sessionizer.docs;

import io.sessionizer.bench.BenchOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with a documented call of Maven: goals, profiles, properties and tests that it names must exist. */
final class MavenCommand {
    private static final Set<String> GOALS =
            Set.of("compile", "test", "package", "verify", "exec:java", "spotless:apply", "test-compile");
    private static final Set<String> FLAGS = Set.of("-q", "-B");
    /** Properties of Maven's plugins and of the tests; all others must be in the POM. */
    private static final Set<String> PROPERTIES = Set.of(
            "skipTests",
            "test",
            "it.test",
            "seed",
            "golden.write",
            "before.jar",
            "surefire.failIfNoSpecifiedTests",
            "failsafe.failIfNoSpecifiedTests",
            "exec.args",
            "exec.mainClass",
            "sessionizer.jar");

    private static final Set<String> SCENARIOS = Set.of("growth", "due", "restore", "micro");

    private final List<String> problems = new ArrayList<>();
    private final String pom;

    private MavenCommand() {
        try {
            pom = Files.readString(Path.of("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> problems(ShellCommand command) {
        MavenCommand maven = new MavenCommand();
        List<String> arguments = command.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("-f")) {
                i++;
            } else if (argument.startsWith("-P")) {
                maven.require(maven.pom.contains("<id>" + argument.substring(2) + "</id>"), "no profile " + argument);
            } else if (argument.startsWith("-D")) {
                String[] property = argument.substring(2).split("=", 2);
                maven.checkProperty(property[0], property.length == 1 ? "" : property[1]);
            } else {
                maven.require(GOALS.contains(argument) || FLAGS.contains(argument), "no goal " + argument);
            }
        }
        return maven.problems;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private void checkProperty(String name, String value) {
        require(PROPERTIES.contains(name) || pom.contains("<" + name), "no property " + name);
        Map<String, Runnable> checks = Map.of(
                "test", () -> checkTest(value),
                "it.test", () -> checkTest(value),
                "exec.mainClass", () -> checkTest(value.substring(value.lastIndexOf('.') + 1)),
                "bench.args", () -> checkBenchmark(List.of(value.split(" "))));
        checks.getOrDefault(name, () -> {}).run();
    }

    /** A class, a class and method, or a pattern; none and NAME stand for no test and any. */
    private void checkTest(String test) {
        String type = test.replaceFirst("#.*", "");
        boolean isPlaceholder = List.of("none", "NONE", "NAME").contains(type);
        require(isPlaceholder || isClass(type.replace("*", ".*")), "no test " + test);
    }

    private static boolean isClass(String pattern) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.anyMatch(file -> file.getFileName().toString().matches(pattern + "\\.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkBenchmark(List<String> arguments) {
        boolean isScenario = SCENARIOS.contains(arguments.get(0));
        int first = isScenario ? arguments.get(0).equals("growth") ? 2 : 1 : 0;
        String options = String.join(" ", arguments.subList(first, arguments.size()));
        if (!options.isEmpty() && !options.equals("--help") && !arguments.get(0).equals("micro")) {
            try {
                BenchOptions.parse(Arrays.asList(options.split(" ")));
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
    }
}
