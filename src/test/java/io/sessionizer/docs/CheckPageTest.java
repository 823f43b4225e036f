package io.sessionizer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.app.check.CheckRequest;
import io.sessionizer.app.check.ServiceCheck;
import io.sessionizer.app.config.Configuration;
import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.docs.MarkdownPage.CodeBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The command check prints the output that docs/operations.md shows. */
class CheckPageTest {
    @Test
    void theEventsThatAreShownGiveTheTableThatIsShown() throws Exception {
        MarkdownPage section = MarkdownPage.read("docs/operations.md").section("## Check");
        Valid configuration = (Valid)
                Configuration.load(Map.of("bootstrap.servers", "localhost:9092", "user.from", "payload"), Map.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServiceCheck check = new ServiceCheck(
                configuration.settings(),
                new CheckRequest(false, Optional.of("-"), false),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        assertFalse(check.run(new ByteArrayInputStream(block(section, "json").getBytes(StandardCharsets.UTF_8))));
        List<String> printed = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(block(section, "text"), String.join("\n", printed.subList(1, printed.size())));
    }

    private static String block(MarkdownPage section, String language) {
        return section.blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(CodeBlock::text)
                .findFirst()
                .orElseThrow();
    }
}
