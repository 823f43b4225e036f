package io.sessionizer.docs;

import io.sessionizer.docs.MarkdownPage.CodeBlock;
import io.sessionizer.event.format.FormatPreset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The page of a format. Its blocks are a configuration, an event of the pipeline's own documentation, the stamped
 * event, and the Session Concluded of its session. Pairs of additional configuration and the resulting stamped event
 * follow.
 */
public record FormatPage(MarkdownPage page) {
    private static final int FIRST_VARIANT = 4;

    public static FormatPage of(FormatPreset preset) {
        return new FormatPage(MarkdownPage.read("docs/formats/" + preset.value() + ".md"));
    }

    List<String> configuration() {
        return page.blocks().get(0).lines();
    }

    public DocumentedRecord event() {
        return DocumentedRecord.of(page.blocks().get(1));
    }

    CodeBlock stamped() {
        return page.blocks().get(2);
    }

    CodeBlock concluded() {
        return page.blocks().get(3);
    }

    /**
     * Another configuration.
     *
     * @param configuration the additional lines
     * @param stamped the stamped event
     */
    record Variant(List<String> configuration, CodeBlock stamped) {}

    List<Variant> variants() {
        List<CodeBlock> blocks = page.blocks();
        return IntStream.range(0, (blocks.size() - FIRST_VARIANT) / 2)
                .map(i -> FIRST_VARIANT + 2 * i)
                .mapToObj(i -> new Variant(blocks.get(i).lines(), blocks.get(i + 1)))
                .toList();
    }
}
