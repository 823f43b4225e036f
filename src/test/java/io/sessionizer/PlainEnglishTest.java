package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names, comments, messages, pages and documents use the terms of the field. The words listed here were once used in
 * their place; each has a standard term instead: publish or log for tell, deadline for alarm, again for anew, resume
 * for go on, and so on. Fewer words are listed for texts, where ordinary English needs some of them.
 */
class PlainEnglishTest {
    /** In names and comments. */
    private static final Pattern WORDS =
            Pattern.compile("\\b(?:tells?|telling|told|news|alarms?|anew|nobody|somebody|whoever|whosoever|hears?|heard"
                    + "|bears?|borne|misfits?|intake|stands ahead|go on|goes on|going on|went on|routed|stood|mend(?:s|ed)?|judged?|no say|anybody|in hand|in vain"
                    + "|in the way|hold(?:s|ing)? up|waits? out|would not do|rearms?|rearmed|arms|arming|armed"
                    + "|sweeps?|workOff|work off|works off|by itself alone|for the rest)\\b");

    /** In messages, pages and documents. */
    private static final Pattern TEXT_WORDS = Pattern.compile(
            "\\b(?:tells?|telling|told|anew|whoever|whosoever|hears?|bears?|borne|misfits?|stands?|stood"
                    + "|go on|goes on|going on|went on|mend(?:s|ed)?|no say|in hand|in vain|hold(?:s|ing)? up|waits? out"
                    + "|would not do|rearms?|rearmed|work(?:s|ed)? off|working it off|by itself alone|for the rest)\\b");

    private static final Pattern TOKENS = Pattern.compile(
            "(?s)(?<comment>/\\*.*?\\*/|//[^\\n]*)|(?<text>\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'"
                    + "|`(?:\\\\.|[^`\\\\])*`)|(?<name>[A-Za-z_$][A-Za-z0-9_$]*)");

    private static final Path MAIN = Path.of("src/main");
    private static final Set<String> TEXT_FILES = Set.of("md", "yml", "yaml", "json", "properties", "xml", "html");

    @Test
    void namesAndCommentsUseTheTermsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path path : files(Path.of("src"), PlainEnglishTest::isSource)) {
            checkSource(path, found);
        }
        assertEquals(List.of(), found);
    }

    @Test
    void messagesUseTheTermsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path path : files(MAIN, PlainEnglishTest::isSource)) {
            String source = Files.readString(path);
            TOKENS.matcher(source)
                    .results()
                    .filter(token -> token.group(2) != null)
                    .forEach(text -> check(path, source, text.start(), text.group(), found));
        }
        assertEquals(List.of(), found);
    }

    @Test
    void pagesAndDocumentsUseTheTermsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> paths = new ArrayList<>();
        for (String folder : List.of("config", "docs", ".github", "src/main/resources")) {
            paths.addAll(files(Path.of(folder), PlainEnglishTest::isText));
        }
        try (Stream<Path> root = Files.list(Path.of(""))) {
            root.filter(PlainEnglishTest::isText).sorted().forEach(paths::add);
        }
        paths.add(Path.of("Dockerfile"));
        for (Path path : paths) {
            String text = Files.readString(path);
            check(path, text, 0, text, found);
        }
        assertEquals(List.of(), found);
        assertTrue(paths.size() > 30, paths::toString);
    }

    private static List<Path> files(Path folder, Predicate<Path> filter) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(filter).sorted().toList();
        }
    }

    private static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(".java") || name.endsWith(".js") || name.endsWith(".css"))
                && !name.equals("PlainEnglishTest.java");
    }

    private static boolean isText(Path path) {
        String name = path.getFileName().toString();
        return TEXT_FILES.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static void checkSource(Path path, List<String> found) throws IOException {
        String text = Files.readString(path);
        Matcher tokens = TOKENS.matcher(text);
        while (tokens.find()) {
            String comment = tokens.group("comment");
            String words = comment != null ? prose(comment) : tokens.group("name") != null ? words(tokens.group()) : "";
            Matcher word = WORDS.matcher(words);
            if (word.find()) {
                found.add(path + ":" + line(text, tokens.start()) + ": " + word.group() + ": " + words.strip());
            }
        }
    }

    /** @param start of {@code part} in {@code whole} */
    private static void check(Path path, String whole, int start, String part, List<String> found) {
        Matcher word = TEXT_WORDS.matcher(part.toLowerCase(Locale.ROOT));
        while (word.find()) {
            int at = start + word.start();
            String line = whole.substring(whole.lastIndexOf('\n', at) + 1)
                    .lines()
                    .findFirst()
                    .orElse("");
            found.add(path + ":" + line(whole, at) + ": " + word.group() + ": " + line.strip());
        }
    }

    private static long line(String text, int at) {
        return text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }

    private static String prose(String comment) {
        return comment.replaceAll("\\n\\s*\\*?", " ").toLowerCase(Locale.ROOT);
    }

    /** A name in camel case or capitals as words. */
    private static String words(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[_$]+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
