package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Citations of the specification, in code, configuration and pages, are of sections that exist; one that also names a rule, as
 * in "section 2, Replay", is of a heading or a rule in bold of that section.
 */
class SpecificationCitationsTest {
    private static final Path SPECIFICATION = Path.of("docs/specification.md");
    private static final List<Path> ROOTS =
            List.of(Path.of("src"), Path.of("config"), Path.of("docs"), Path.of("README.md"));
    private static final Pattern TEXT_FILE = Pattern.compile(".*\\.(?:java|md|ya?ml|json|js|css|html|properties|xml)");

    private static final Pattern SECTION = Pattern.compile("## (\\d)\\. .*");
    private static final Pattern RULE = Pattern.compile("(?:### |(?:- )?\\*\\*)(.+?)(?:\\.?\\*\\*.*)?");

    private static final Pattern MENTION = Pattern.compile("(?i)\\bspecification,? sections? ");
    private static final Pattern CITATION = Pattern.compile(
            "(?i:specification), (?:section (\\d)\\b(?:, ([A-Z][A-Za-z ]*))?|sections (\\d) and (\\d))");
    private static final Pattern OTHER_NAME = Pattern.compile("(?i)\\bcontract(?:'s)?,? sections?\\b");

    private static final int MAX_SHOWN = 80;

    /** Names of rules by the number of the section. */
    private final Map<String, Set<String>> rules = rules();

    @Test
    void nameSectionsAndRulesThatExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        int citations = 0;
        for (Path file : files()) {
            String text = unwrapped(file);
            for (MatchResult mention : MENTION.matcher(text).results().toList()) {
                citations++;
                String citation = text.substring(mention.start());
                if (!isCorrect(citation)) {
                    wrong.add(file + ": " + citation.substring(0, Math.min(MAX_SHOWN, citation.length())));
                }
            }
            OTHER_NAME.matcher(text).results().forEach(found -> wrong.add(file + ": " + found.group()));
        }
        assertTrue(citations > 40, "citations: must be found. Found: " + citations);
        assertEquals(List.of(), wrong);
    }

    /** Pages and comments rely on the numbers. */
    @Test
    void theSpecificationKeepsItsSections() {
        assertEquals(Set.of("1", "2", "3", "4", "5"), rules.keySet());
    }

    private boolean isCorrect(String text) {
        var citation = CITATION.matcher(text);
        if (!citation.lookingAt()) {
            return false;
        }
        if (citation.group(1) == null) {
            return rules.keySet().containsAll(List.of(citation.group(3), citation.group(4)));
        }
        String rule = citation.group(2);
        return rules.containsKey(citation.group(1))
                && (rule == null || rules.get(citation.group(1)).contains(rule.strip()));
    }

    private static Map<String, Set<String>> rules() {
        Map<String, Set<String>> rules = new TreeMap<>();
        Set<String> current = new TreeSet<>();
        for (String line : lines(SPECIFICATION)) {
            var section = SECTION.matcher(line);
            var rule = RULE.matcher(line);
            if (section.matches()) {
                current = rules.computeIfAbsent(section.group(1), number -> new TreeSet<>());
            } else if (rule.matches()) {
                current.add(rule.group(1));
            }
        }
        return rules;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : ROOTS) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(path -> TEXT_FILE.matcher(path.toString()).matches())
                        .filter(path -> !path.endsWith("SpecificationCitationsTest.java"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** The text in one line, without the marks of comments and links, which may divide a citation. */
    private static String unwrapped(Path file) throws IOException {
        return Files.readString(file)
                .replaceAll("\\s*\\n\\s*(?:\\*(?!/)|//|#)?\\s*", " ")
                .replaceAll("\\[|]\\([^)]*\\)", "");
    }
}
