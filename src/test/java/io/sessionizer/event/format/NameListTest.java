package io.sessionizer.event.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameListTest {
    @Test
    void splitsAtCommasAndTrims() {
        assertEquals(List.of("a", "b c", "d"), NameList.split(" a, b c ,d"));
        assertEquals(List.of("it\"s"), NameList.split("it\"s"));
    }

    @Test
    void nothingIsNoName() {
        assertEquals(List.of(), NameList.split(""));
        assertEquals(List.of(), NameList.split("  "));
    }

    @Test
    void keepsCommasBlanksAndDoubledQuotesWithinQuotes() {
        assertEquals(List.of("a,b", " c ", "d\"e"), NameList.split("\"a,b\" ,\" c \",\"d\"\"e\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,", ",a", "a,,b", "\"\"", "\"a", "\"a\"b", "a, \"b\"\""})
    void rejectsEmptyNamesAndOpenQuotes(String value) {
        assertThrows(NameList.InvalidNameList.class, () -> NameList.split(value));
    }
}
