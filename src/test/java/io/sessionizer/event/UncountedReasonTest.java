package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.ConfigKey;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.event.format.FormatPreset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UncountedReasonTest {
    private final EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"profile\"}|type \"profile\"",
                "{\"type\":\"prof\\u0069le\"}|type \"profile\"",
                "{\"type\":\"\"}|type \"\"",
                "{\"type\":7.0}|type \"7.0\"",
                "{\"type\":false}|type \"false\"",
                "{\"type\":{\"a\":1}}|type \"an object\"",
                "{\"type\":[1]}|type \"an array\"",
                "{\"type\":\"profile\",\"type\":\"Zoë\"}|type \"Zoë\"",
                "{\"evtName\":\"UTM Visited\",\"type\":\"profile\"}|name \"UTM Visited\"",
                "{\"evtName\":\"a\",\"type\":\"event\",\"evtData\":{\"CT Source\":\"API\"}}|source \"API\"",
                "{\"type\":\"a\\nb\\u2028\\u202ec\"}|type \"a\ufffdb\ufffd\ufffdc\"",
                "{\"type\":\"\\ud83d\\ude00\"}|type \"😀\"",
                "{\"type\":\"\\ud83d\"}|type \"text that is not Unicode\"",
            })
    void isTheFirstPartForWhichTheEventDoesNotCount(String json, String reason) {
        assertEquals(reason, read(json).toString());
    }

    @Test
    void isAHeadersText_whereThePartIsThere() {
        EventReader binary = new EventReader(
                FormatPreset.CLOUDEVENTS_BINARY.format(Map.of("event.type.field", "header:h", "event.types", "a")),
                false);
        assertEquals("type \"Zoë\"", read(binary, "Zoë".getBytes(UTF_8)).toString());
        assertEquals(
                "type \"bytes that are not UTF-8\"",
                read(binary, new byte[] {-1}).toString());
        assertEquals(
                "x".repeat(99) + "…",
                read(binary, "x".repeat(1_000).getBytes(UTF_8)).value());
    }

    private static UncountedReason read(EventReader reader, byte[] header) {
        assertEquals(Verdict.UNTRACKED, reader.read(new byte[0], Optional.empty(), name -> Optional.of(header)));
        return reader.uncountedReason();
    }

    @Test
    void isBounded_whateverTheEventHas() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("UncountedReasonTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(300), 0, Character.MAX_CODE_POINT).forEach(text::appendCodePoint);
            UncountedReason reason = new UncountedReason(EventPart.TYPE, text.toString());
            assertTrue(reason.value().length() <= UncountedReason.MAX_LENGTH);
            assertTrue(reason.value().codePoints().noneMatch(Character::isISOControl), reason.value());
            assertEquals(reason.value(), new String(reason.value().getBytes(UTF_8), UTF_8), "it is Unicode");
            assertEquals(reason, new UncountedReason(EventPart.TYPE, reason.value()), "it stays as it is");
        }
        assertEquals("x".repeat(100), read(type("x".repeat(100))).value());
        assertEquals("x".repeat(99) + "…", read(type("x".repeat(101))).value());
        assertEquals("x".repeat(99) + "…", read(type("x".repeat(100_000))).value());
        assertEquals("é".repeat(99) + "…", read(type("é".repeat(1_000))).value());
    }

    @Test
    void allocatesNothingForAReasonThatWasThereBefore() {
        UncountedReason first = read(type("profile"));
        UncountedReason other = read(type("upload"));
        assertNotEquals(first, other);
        assertSame(first, read("{\"evtName\":\"a\",\"type\":\"profile\"}"));
        assertSame(other, read(type("upload")));
    }

    /** Even if their hashes collide. */
    @Test
    void isThatOfTheEvent_whateverTheEventsBefore() {
        for (int i = 0; i < 10_000; i++) {
            String value = Integer.toString(i * 31 % 257);
            assertEquals(value, read(type(value)).value());
            if (i % 3 == 0) {
                assertEquals(
                        "API", read("{\"evtData\":{\"CT Source\":\"API\"}}").value());
            }
        }
    }

    @Test
    void isOnlyThatOfAnEventThatDoesNotCount() {
        reader.read("{\"evtName\":\"a\"}".getBytes(UTF_8));
        assertThrows(IllegalStateException.class, reader::uncountedReason);
        reader.read("{".getBytes(UTF_8));
        assertThrows(IllegalStateException.class, reader::uncountedReason);
    }

    @ParameterizedTest
    @EnumSource(EventPart.class)
    void namesSettingsThatExist(EventPart part) {
        assertEquals(Optional.of(part), EventPart.find(part.toString()));
        for (String setting : part.settings()) {
            assertTrue(
                    Arrays.stream(ConfigKey.values()).anyMatch(key -> key.key().equals(setting)), setting);
        }
    }

    private UncountedReason read(String json) {
        assertNotEquals(Verdict.COUNTS, reader.read(json.getBytes(UTF_8)));
        return reader.uncountedReason();
    }

    private static String type(String value) {
        return "{\"type\":\"" + value + "\"}";
    }
}
