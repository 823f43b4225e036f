package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void splitsAtCommasAndTrims() {
        assertEquals(List.of("a", "b c", "d"), Names.split(" a, b c ,d"));
        assertEquals(List.of("it\"s"), Names.split("it\"s"));
    }

    @Test
    void nothingIsNoName() {
        assertEquals(List.of(), Names.split(""));
        assertEquals(List.of(), Names.split("  "));
    }

    @Test
    void keepsCommasBlanksAndDoubledQuotesWithinQuotes() {
        assertEquals(List.of("a,b", " c ", "d\"e"), Names.split("\"a,b\" ,\" c \",\"d\"\"e\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,", ",a", "a,,b", "\"\"", "\"a", "\"a\"b", "a, \"b\"\""})
    void refusesEmptyNamesAndOpenQuotes(String value) {
        assertThrows(Names.NotNames.class, () -> Names.split(value));
    }
}
