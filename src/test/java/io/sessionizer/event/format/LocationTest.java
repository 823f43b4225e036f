package io.sessionizer.event.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.format.Location.DataLocation;
import io.sessionizer.event.format.Location.HeaderLocation;
import io.sessionizer.event.format.Location.KeyLocation;
import io.sessionizer.event.format.Location.PointerLocation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The valid locations (specification, section 1). */
class LocationTest {
    @Test
    void aPlainNameIsAMemberOfTheEventOrOfItsData() {
        assertEquals(Optional.of(new PointerLocation(List.of("CT Source"))), Location.parse("CT Source", false));
        assertEquals(Optional.of(new DataLocation("CT Source")), Location.parse("CT Source", true));
        assertEquals(
                Optional.of(List.of("a", "b", "CT Source")), new DataLocation("CT Source").path(List.of("a", "b")));
        assertEquals(
                Optional.of(List.of("CT Source")), new PointerLocation(List.of("CT Source")).path(List.of("a", "b")));
    }

    /** RFC 6901, sections 3 and 4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/a|a", "/a/b|a,b", "/a~1b|a/b", "/m~0n|m~n", "/~01|~1", "/key|key", "/header:x|header:x"})
    void aPointerBeginsAtTheRoot_whateverTheField(String text, String names) {
        for (boolean isInData : new boolean[] {true, false}) {
            assertEquals(Optional.of(new PointerLocation(List.of(names.split(",")))), Location.parse(text, isInData));
        }
    }

    @Test
    void aPointerMayHaveEmptyNames() {
        assertEquals(Optional.of(new PointerLocation(List.of(""))), Location.parse("/", false));
        assertEquals(Optional.of(new PointerLocation(List.of("", "a", ""))), Location.parse("//a/", false));
    }

    @Test
    void isBesideTheValue() {
        assertEquals(Optional.of(new HeaderLocation("ce_type")), Location.parse("header:ce_type", false));
        assertEquals(Optional.of(new KeyLocation()), Location.parse("key", true));
        assertEquals(Optional.empty(), new KeyLocation().path(List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "header:", "/a~", "/a~2", "/~~0"})
    void isNoOtherText(String text) {
        assertEquals(Optional.empty(), Location.parse(text, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/a/b", "/a~1b/~0", "header:x", "key"})
    void isShownAsTheConfigurationHasIt(String text) {
        assertEquals(text, Location.parse(text, false).orElseThrow().toString());
    }
}
