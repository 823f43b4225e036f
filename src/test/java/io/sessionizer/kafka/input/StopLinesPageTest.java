package io.sessionizer.kafka.input;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.docs.MarkdownPage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for operators says what to do at each line that the service stops with because of its positions. */
class StopLinesPageTest {
    private final List<List<String>> table =
            MarkdownPage.read("docs/operations.md").table("## When it stops");

    @ParameterizedTest
    @EnumSource
    void eachViolationIsExplained(PositionViolation violation) {
        assertTrue(table.stream().anyMatch(row -> row.get(0).contains("`" + violation.rule() + "`")), violation.rule());
    }

    @Test
    void eachRowSaysWhatHappensNext() {
        assertTrue(table.stream().allMatch(row -> row.size() == 3), table::toString);
    }
}
