package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits on the size of files and folders, and the uniqueness of names, so that the tree stays easy to navigate. */
class SourceTreeTest {
    private static final int MAX_FILES_PER_FOLDER = 20;
    private static final int MAX_LINES = 300;
    private static final int MAX_MEDIAN_LINES = 80;
    private static final Path SRC = Path.of("src");

    @Test
    void noFolderHasMoreThan20Files() throws IOException {
        Map<Path, Long> files =
                files(path -> true).collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        files.values().removeIf(count -> count <= MAX_FILES_PER_FOLDER);
        assertEquals(Map.of(), files);
    }

    @Test
    void noJavaFileHasMoreThan300Lines_andHalfOfThemHave80OrFewer() throws IOException {
        for (String part : List.of("main", "test")) {
            Map<Path, Integer> lines = new TreeMap<>();
            java(part).forEach(path -> lines.put(path, lines(path)));
            List<Integer> sorted = lines.values().stream().sorted().toList();
            int median = sorted.get(sorted.size() / 2);
            assertTrue(part.equals("test") || median <= MAX_MEDIAN_LINES, part + ": median of " + median + " lines");
            lines.values().removeIf(count -> count <= MAX_LINES);
            assertEquals(Map.of(), lines);
        }
    }

    @Test
    void eachMainPackageHasAPackageInfo() throws IOException {
        List<Path> without = java("main")
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), without);
    }

    /** In main and test code together, nested types included. */
    @Test
    void aSimpleNameOccursOnce() {
        JavaClasses all = new ClassFileImporter().importPackages("io.sessionizer");
        Map<String, TreeSet<String>> names = all.stream()
                .filter(type ->
                        !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
                .filter(type -> !type.getName().contains("jmh_generated"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
        names.values().removeIf(types -> types.size() == 1);
        assertEquals(Map.of(), new TreeMap<>(names));
    }

    private static Stream<Path> java(String part) throws IOException {
        return files(
                path -> path.startsWith(SRC.resolve(part)) && path.toString().endsWith(".java"));
    }

    private static Stream<Path> files(Function<Path, Boolean> filter) throws IOException {
        try (Stream<Path> all = Files.walk(SRC)) {
            return all.filter(Files::isRegularFile).filter(filter::apply).toList().stream();
        }
    }

    private static int lines(Path path) {
        try {
            return Files.readAllLines(path).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
