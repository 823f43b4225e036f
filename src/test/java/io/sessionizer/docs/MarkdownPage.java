package io.sessionizer.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, as GitHub renders it.
 *
 * @param path relative to the repository
 * @param lines all of them
 */
public record MarkdownPage(Path path, List<String> lines) {
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
    private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)*)\\)");
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src|srcset)=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param language after the opening fence; may be empty
     */
    public record CodeBlock(String language, List<String> lines) {
        public String text() {
            return String.join("\n", lines);
        }
    }

    public MarkdownPage {
        lines = List.copyOf(lines);
    }

    public static MarkdownPage read(String path) {
        try {
            return new MarkdownPage(Path.of(path), Files.readAllLines(Path.of(path), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those in the root, below {@code docs} and below {@code .github}. */
    public static List<MarkdownPage> all() throws IOException {
        List<MarkdownPage> pages = new ArrayList<>();
        for (String folder : List.of(".", "docs", ".github")) {
            try (Stream<Path> files = Files.walk(Path.of(folder), folder.equals(".") ? 1 : Integer.MAX_VALUE)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .sorted()
                        .forEach(file -> pages.add(read(file.normalize().toString())));
            }
        }
        return pages;
    }

    public String text() {
        return String.join("\n", lines);
    }

    public List<CodeBlock> blocks() {
        List<CodeBlock> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isFence(lines.get(i))) {
                String language = lines.get(i).strip().substring(FENCE.length()).strip();
                List<String> block = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !isFence(line))
                        .toList();
                blocks.add(new CodeBlock(language, block));
                i += block.size() + 1;
            }
        }
        return blocks;
    }

    /** From a heading of the second level to the next one. */
    MarkdownPage section(String heading) {
        List<String> below = below(heading);
        return new MarkdownPage(
                path,
                below.stream()
                        .skip(1)
                        .takeWhile(line -> !line.startsWith("## "))
                        .toList());
    }

    private List<String> below(String heading) {
        int at = lines.indexOf(heading);
        if (at < 0) {
            throw new IllegalArgumentException("heading: must be on " + path + ". Found: " + heading);
        }
        return lines.subList(at, lines.size());
    }

    /** The first table below this heading: its rows without the head, each as its cells. */
    public List<List<String>> table(String heading) {
        return below(heading).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(row -> List.of(row.substring(1).strip().split(" *\\| *")))
                .map(cells -> cells.stream().map(String::strip).toList())
                .toList();
    }

    /** What a link may name after the #, by GitHub's rule for headings. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
        }
        return anchors;
    }

    static String slug(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    /** The targets of all links and pictures. */
    List<String> links() {
        List<String> links = new ArrayList<>();
        for (String line : prose()) {
            String text = CODE.matcher(line).replaceAll("code");
            LINK.matcher(text).results().forEach(link -> links.add(link.group(1)));
            HTML_LINK.matcher(text).results().forEach(link -> links.add(link.group(1)));
        }
        return links;
    }

    /** Without fenced blocks. */
    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean isInBlock = false;
        for (String line : lines) {
            if (isFence(line)) {
                isInBlock = !isInBlock;
            } else if (!isInBlock) {
                prose.add(line);
            }
        }
        return prose;
    }

    private static boolean isFence(String line) {
        return line.strip().startsWith(FENCE);
    }
}
