package io.sessionizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares output of the service with a golden file under {@code src/test/resources/golden}. After an intended change,
 * {@code mvn test -Dgolden.write=true -Dtest=NameOfTheTest} rewrites the file, and the commit shows what changes.
 */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");
    private static final boolean IS_WRITING = Boolean.getBoolean("golden.write");

    private Golden() {}

    /**
     * @param name of the file below the directory
     * @throws AssertionError with the first line that differs
     */
    public static void check(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (IS_WRITING) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
            return;
        }
        String expected = Files.readString(file);
        if (!expected.equals(actual)) {
            throw new AssertionError(file + ", " + difference(lines(expected), lines(actual)));
        }
    }

    /** With the line breaks, so that a missing last one is reported too. */
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)", -1));
    }

    private static String difference(List<String> expected, List<String> actual) {
        int at = 0;
        while (at < Math.min(expected.size(), actual.size()) && expected.get(at).equals(actual.get(at))) {
            at++;
        }
        return "line " + (at + 1) + ": must be\n" + line(expected, at) + "\nFound:\n" + line(actual, at);
    }

    private static String line(List<String> lines, int at) {
        return at < lines.size() ? lines.get(at) : "the end";
    }
}
