package io.sessionizer.docs;

import io.sessionizer.docs.MarkdownPage.CodeBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a fenced block.
 *
 * @param page where it is
 * @param text on one line, without a comment; variables that the page has set are replaced
 */
public record ShellCommand(Path page, String text) {
    private static final Pattern FIRST_OF_BLOCK = Pattern.compile(
            "(java|mvn|\\./mvnw|docker|kubectl|kafka-[a-z-]+\\.sh|curl|git|rm|printf|python3) .+|\\w+=\".*|\\$\\w+ .*");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z_]+)=\"([^\"]*)\"");
    /** Up to a # after a blank that is not in quotes. */
    private static final Pattern COMMENT = Pattern.compile("^(|(?:'[^']*'|\"[^\"]*\"|[^'\"])*?\\s)#.*");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    /** Those of all pages. */
    public static List<ShellCommand> all() throws IOException {
        return MarkdownPage.all().stream().flatMap(page -> of(page).stream()).toList();
    }

    /** Those of one page, in their order. */
    public static List<ShellCommand> of(MarkdownPage page) {
        List<ShellCommand> commands = new ArrayList<>();
        Map<String, String> variables = new HashMap<>();
        for (CodeBlock block : page.blocks()) {
            if (isShell(block)) {
                addAll(page.path(), script(block), variables, commands);
            }
        }
        return commands;
    }

    static boolean isShell(CodeBlock block) {
        return block.language().equals("sh")
                || block.language().isEmpty()
                        && block.lines().stream()
                                .anyMatch(line -> FIRST_OF_BLOCK.matcher(line).matches());
    }

    /** The block with each command on one line. */
    static String script(CodeBlock block) {
        return block.text().replaceAll(" *\\\\\n *", " ");
    }

    private static void addAll(Path page, String script, Map<String, String> variables, List<ShellCommand> commands) {
        for (String line : script.split("\n")) {
            String text = COMMENT.matcher(line).replaceFirst("$1").strip();
            Matcher assignment = ASSIGNMENT.matcher(text);
            if (assignment.matches()) {
                variables.put("$" + assignment.group(1) + " ", assignment.group(2) + " ");
            } else if (!text.isEmpty()) {
                for (Map.Entry<String, String> variable : variables.entrySet()) {
                    text = text.replace(variable.getKey(), variable.getValue());
                }
                commands.add(new ShellCommand(page, text));
            }
        }
    }

    /** Without quotes. */
    public List<String> words() {
        return WORD.matcher(text)
                .results()
                .map(word -> QUOTED.matcher(word.group())
                        .replaceAll(quoted ->
                                Matcher.quoteReplacement(quoted.group(1) == null ? quoted.group(2) : quoted.group(1))))
                .toList();
    }

    /** The program that it starts. */
    public String program() {
        return words().get(0);
    }

    /** What follows the program. */
    public List<String> arguments() {
        return words().subList(1, words().size());
    }

    /** Commands of the recipes are for other programs than the service. */
    public boolean isInRecipe() {
        return page.startsWith("docs/recipes");
    }

    @Override
    public String toString() {
        return page + ": " + text;
    }
}
