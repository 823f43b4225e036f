package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names and comments use the terms of the field. The words listed here were once used in their place; each has a standard
 * term instead: publish or log for tell, deadline for alarm, again for anew, resume for go on, and so on. Texts in
 * quotes are left out.
 */
class PlainEnglishTest {
    private static final Pattern WORDS =
            Pattern.compile("\\b(?:tells?|telling|told|news|alarms?|anew|nobody|somebody|whoever|whosoever|hears?|heard"
                    + "|bears?|borne|misfits?|intake|stands ahead|go on|goes on|going on|went on|routed|stood|mend(?:s|ed)?|judged?|no say|anybody|in hand|in vain"
                    + "|in the way|hold(?:s|ing)? up|waits? out|would not do|rearms?|rearmed|arms|arming|armed"
                    + "|sweeps?|workOff|work off|works off|by itself alone|for the rest)\\b");

    private static final Pattern TOKENS = Pattern.compile(
            "(?s)(?<comment>/\\*.*?\\*/|//[^\\n]*)|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'"
                    + "|`(?:\\\\.|[^`\\\\])*`|(?<name>[A-Za-z_$][A-Za-z0-9_$]*)");

    @Test
    void namesAndCommentsUseTheTermsOfTheField() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            for (Path path : all.filter(PlainEnglishTest::isSource).sorted().toList()) {
                check(path, Files.readString(path), found);
            }
        }
        assertEquals(List.of(), found);
    }

    private static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(".java") || name.endsWith(".js") || name.endsWith(".css"))
                && !name.equals("PlainEnglishTest.java");
    }

    private static void check(Path path, String text, List<String> found) {
        Matcher tokens = TOKENS.matcher(text);
        while (tokens.find()) {
            String comment = tokens.group("comment");
            String words = comment != null ? prose(comment) : tokens.group("name") != null ? words(tokens.group()) : "";
            Matcher word = WORDS.matcher(words);
            if (word.find()) {
                long line = text.substring(0, tokens.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count()
                        + 1;
                found.add(path + ":" + line + ": " + word.group() + ": " + words.strip());
            }
        }
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
