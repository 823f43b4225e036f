package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every link of the documentation leads to a file and a heading that exist. Addresses elsewhere are only parsed. */
class DocumentationLinksTest {
    /** From a page to other parts of the repository's site. */
    private static final Pattern ON_GITHUB = Pattern.compile("\\.\\./\\.\\./(issues|pulls|security|releases)(/.*)?");

    private static final MarkdownPage SAMPLE = new MarkdownPage(
            Path.of("docs/sample.md"),
            List.of(
                    "# One thing, `a.b` and (more)",
                    "[here](#one-thing-ab-and-more) [again](#twice-1) `[no](link.md)`",
                    "## Twice",
                    "```",
                    "# no heading",
                    "[no](link.md)",
                    "```",
                    "## Twice",
                    "<img src=\"picture.png\"> [a](https://example.org/a_(b))"));

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (MarkdownPage page : MarkdownPage.all()) {
            for (String link : page.links()) {
                links++;
                problem(page, link).ifPresent(problem -> broken.add(page.path() + ": " + link + ": " + problem));
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(links > 50, "links: must be found. Found: " + links);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", "docs/formats"})
    void everyPageIsLinkedFromTheListOfPages(String folder) throws IOException {
        Set<Path> linked = new TreeSet<>();
        MarkdownPage list = MarkdownPage.read(folder + "/README.md");
        list.links().stream()
                .filter(link -> !link.contains("://"))
                .forEach(link -> linked.add(Path.of(folder, link).normalize()));
        try (Stream<Path> pages = Files.list(Path.of(folder))) {
            List<Path> missing = pages.filter(page -> page.toString().endsWith(".md"))
                    .filter(page -> !page.equals(list.path()) && !linked.contains(page))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    @Test
    void findsLinksAndAnchorsAsGitHubDoes() {
        assertEquals(
                List.of("#one-thing-ab-and-more", "#twice-1", "https://example.org/a_(b)", "picture.png"),
                SAMPLE.links().stream().sorted().toList());
        assertEquals(Set.of("one-thing-ab-and-more", "twice", "twice-1"), SAMPLE.anchors());
    }

    @Test
    void reportsWhatIsMissing() {
        assertEquals(Optional.empty(), problem(SAMPLE, "#twice-1"));
        assertEquals(Optional.empty(), problem(SAMPLE, "guarantees.md#upgrade"));
        assertEquals(Optional.empty(), problem(SAMPLE, "../config/schemas"));
        assertEquals(Optional.of("no such heading"), problem(SAMPLE, "#twice-2"));
        assertEquals(Optional.of("no such heading"), problem(SAMPLE, "guarantees.md#upgrades"));
        assertEquals(Optional.of("no such file"), problem(SAMPLE, "guarantee.md"));
        assertEquals(Optional.of("no address"), problem(SAMPLE, "https://"));
        assertEquals(Optional.empty(), problem(SAMPLE, "../../issues/new"));
        assertEquals(Optional.of("outside the repository"), problem(SAMPLE, "../../etc"));
    }

    private static Optional<String> problem(MarkdownPage page, String link) {
        if (link.matches("[a-z]+:.*")) {
            return isAddress(link) ? Optional.empty() : Optional.of("no address");
        }
        if (ON_GITHUB.matcher(link).matches()) {
            return Optional.empty();
        }
        String[] parts = link.split("#", 2);
        Path folder = Optional.ofNullable(page.path().getParent()).orElse(Path.of(""));
        Path file = parts[0].isEmpty() ? page.path() : folder.resolve(parts[0]).normalize();
        if (file.startsWith("..")) {
            return Optional.of("outside the repository");
        }
        if (!parts[0].isEmpty() && !Files.exists(file)) {
            return Optional.of("no such file");
        }
        boolean isKnown =
                parts.length == 1 || target(page, parts[0], file).anchors().contains(parts[1]);
        return isKnown ? Optional.empty() : Optional.of("no such heading");
    }

    private static MarkdownPage target(MarkdownPage page, String relative, Path file) {
        return relative.isEmpty() ? page : MarkdownPage.read(file.toString());
    }

    private static boolean isAddress(String link) {
        try {
            URI address = URI.create(link);
            return Set.of("http", "https").contains(address.getScheme()) && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
