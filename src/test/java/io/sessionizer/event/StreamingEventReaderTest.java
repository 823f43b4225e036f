package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The benchmark compares like with like: the reader on Jackson's streaming parser returns all that {@link EventReader}
 * returns, except that the detail of malformed JSON is worded by Jackson.
 */
class StreamingEventReaderTest {
    private static final int INPUTS = 15_000;
    private static final Pattern OFFSET = Pattern.compile(" at byte (\\d+)(, where the value ends)?\\.$");
    /** Names that random events use for other fields; two fields of the event have the same name. */
    private static final EventFormat SWAPPED_NAMES = FormatPreset.CLEVERTAP.format(Map.of(
            "event.user.fields", "x,CT Source,é",
            "event.type.field", "identity",
            "event.name.field", "objectId",
            "event.time.field", "x",
            "event.source.field", "Product",
            "event.session.field", "ts",
            "excluded.events", "Web,é€😀",
            "untracked.sources", "event,u-1"));
    /** An empty name, and names that several fields share, in the event and in its data. */
    private static final EventFormat SHARED_NAMES = FormatPreset.CLEVERTAP.format(Map.of(
            "event.user.fields", "/",
            "event.time.field", "evtData",
            "event.source.field", "😀",
            "event.session.field", "😀",
            "excluded.events", "",
            "untracked.sources", ""));

    private final Set<Place> places = EnumSet.noneOf(Place.class);
    private final Set<RejectionReason> reasons = EnumSet.noneOf(RejectionReason.class);

    @Test
    void agreesOnRandomAndMutatedEvents() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("StreamingEventReaderTest: seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RandomJson json = new RandomJson(random);
        List<ReaderPair> pairs = List.of(
                new ReaderPair(FormatPreset.CLEVERTAP.format(), false),
                new ReaderPair(FormatPreset.CLEVERTAP.format(), true),
                new ReaderPair(SWAPPED_NAMES, false),
                new ReaderPair(SWAPPED_NAMES, true),
                new ReaderPair(SHARED_NAMES, true));
        for (int i = 0; i < INPUTS; i++) {
            byte[] event = json.event().getBytes(UTF_8);
            byte[] input = i % 2 == 0 ? event : MutatedInput.of(event, random);
            pairs.forEach(pair -> assertAgree(pair, input));
        }
        assertEquals(EnumSet.complementOf(EnumSet.of(Place.NOWHERE)), places);
        assertEquals(EnumSet.range(RejectionReason.MALFORMED_JSON, RejectionReason.BAD_EVENT_DATA), reasons);
    }

    @ParameterizedTest
    @FieldSource({
        "io.sessionizer.event.MalformedJsonTest#MALFORMED",
        "io.sessionizer.event.MalformedJsonTest#WELL_FORMED",
        "io.sessionizer.event.MalformedJsonTest#NOT_UTF_8"
    })
    void agreesOnWhatJsonIs(String json) {
        ReaderPair pair = new ReaderPair(FormatPreset.CLEVERTAP.format(), true);
        assertAgree(pair, json.getBytes(UTF_8));
        assertAgree(pair, json.getBytes(ISO_8859_1));
        for (String start : List.of("{\"a\":\"", "{\"", "{\"a\":", "{\"a\":[{\"b\":\"", "{\"evtData\":{\"a\":\"")) {
            for (String end : List.of("\"}", "\":1}", "}", "", "\"}}")) {
                assertAgree(pair, (start + json + end).getBytes(ISO_8859_1));
            }
        }
    }

    @Test
    void agreesOnHowDeepJsonNests() {
        ReaderPair pair = new ReaderPair(FormatPreset.CLEVERTAP.format(), false);
        for (int levels = 997; levels < 1_003; levels++) {
            assertAgree(pair, MalformedJsonTest.nested("[", "]", levels));
            assertAgree(pair, MalformedJsonTest.nested("{\"a\":", "}", levels));
            String nested = "[".repeat(levels) + "]".repeat(levels);
            assertAgree(pair, ("{\"evtName\":\"a\",\"evtData\":{\"a\":" + nested + "}}").getBytes(UTF_8));
        }
    }

    @Test
    void agreesOnHalfASurrogatePairInAName() {
        ReaderPair pair = new ReaderPair(FormatPreset.CLEVERTAP.format(), false);
        for (String name :
                List.of("\\ud800", "\\uDFFF", "\\ud83d\\ude00", "\\\\ud800", "\\ud800\\n", "\\ud800\\ud83d\\ude00")) {
            byte[] event = ("{\"evtName\":\"a\",\"evtData\":{\"" + name + "\":1}}").getBytes(UTF_8);
            assertAgree(pair, event);
            assertEquals(Verdict.COUNTS, pair.streaming.read(event), name);
            assertAgree(pair, ("{\"evtName\":\"a\",\"" + name + "\":01}").getBytes(UTF_8));
        }
    }

    @Test
    void agreesOnEventsAfterManyLongNames() {
        ReaderPair pair = new ReaderPair(FormatPreset.CLEVERTAP.format(), true);
        for (int i = 0; i < 50; i++) {
            String event = "{\"" + "n".repeat(100_000 + i) + "\":1,\"evtName\":\"a\",\"identity\":\"u\\u00e9\"}";
            assertAgree(pair, event.getBytes(UTF_8));
        }
    }

    @Test
    void onlyACountedEventIsStampable_andOnlyARejectedOneHasAReason() {
        StreamingEventReader reader = new StreamingEventReader(FormatPreset.CLEVERTAP.format(), false);
        reader.read("{}".getBytes(UTF_8));
        assertThrows(IllegalStateException.class, reader::stampable);
        reader.read("{\"evtName\":\"a\"}".getBytes(UTF_8));
        assertThrows(IllegalStateException.class, reader::reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"evtName\":\"a\" 1}|Unexpected character ('1' (code 49)): was expecting comma to separate Object entries at byte 15.",
                "{\"evtName\":[1|Expected more at byte 13, where the value ends.",
                "[]|Expected an object at byte 0.",
                "{} {|Expected nothing after the object at byte 3.",
                "{\"evtName\":5}|evtName: must be a string that is not empty. Found: 5 at byte 11."
            })
    void detailHasTheErrorAndItsOffset(String json, String detail) {
        StreamingEventReader reader = new StreamingEventReader(FormatPreset.CLEVERTAP.format(), false);
        // The event before must leave no trace.
        assertEquals(Verdict.COUNTS, reader.read("{\"evtName\":\"a\"} ".getBytes(UTF_8)));
        assertEquals(Verdict.REJECTED, reader.read(json.getBytes(UTF_8)));
        assertEquals(detail, reader.detail());
    }

    private void assertAgree(ReaderPair pair, byte[] event) {
        EventReader own = pair.own;
        StreamingEventReader streaming = pair.streaming;
        Verdict verdict = own.read(event);
        assertEquals(verdict, streaming.read(event), () -> describe(event));
        assertEquals(own.time(), streaming.time(), () -> describe(event));
        assertEquals(own.hasReadableTime(), streaming.hasReadableTime(), () -> describe(event));
        assertArrayEquals(own.user(), streaming.user(), () -> describe(event));
        if (verdict == Verdict.REJECTED) {
            assertEquals(own.reason(), streaming.reason(), () -> describe(event));
            reasons.add(own.reason());
            assertDetail(pair, event);
        }
        if (verdict == Verdict.COUNTS) {
            // The record has the array itself, so this compares its identity, too.
            assertEquals(own.stampable(), streaming.stampable(), () -> describe(event));
            places.add(own.stampable().place());
        }
    }

    private static void assertDetail(ReaderPair pair, byte[] event) {
        String detail = pair.streaming.detail();
        if (pair.own.reason() != RejectionReason.MALFORMED_JSON) {
            assertEquals(pair.own.detail(), detail, () -> describe(event));
            return;
        }
        assertTrue(detail.length() <= 200, detail);
        Matcher offset = OFFSET.matcher(detail);
        assertTrue(offset.find(), detail);
        assertTrue(Integer.parseInt(offset.group(1)) <= event.length, () -> detail + describe(event));
    }

    private static String describe(byte[] input) {
        return Arrays.toString(input) + " = " + new String(input, UTF_8);
    }

    /** Both readers of one format. */
    private static final class ReaderPair {
        private final EventReader own;
        private final StreamingEventReader streaming;

        ReaderPair(EventFormat format, boolean userInPayload) {
            own = new EventReader(format, userInPayload);
            streaming = new StreamingEventReader(format, userInPayload);
        }
    }
}
