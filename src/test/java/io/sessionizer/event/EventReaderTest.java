package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events count, which do not, and which are rejected for what (specification, section 1). */
class EventReaderTest {
    private final EventReader byKey = new EventReader(FormatPreset.CLEVERTAP.format(), false);
    private final EventReader byPayload = new EventReader(FormatPreset.CLEVERTAP.format(), true);

    @Test
    void readsTheSpecificationsExample() {
        String json = "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Product Viewed\",\"ts\":1468308340,"
                + "\"evtData\":{\"Product\":\"Shoes\",\"CT Source\":\"Web\"}}";
        assertEquals(Verdict.COUNTS, read(byPayload, json));
        assertEquals(1_468_308_340_000L, byPayload.time());
        assertEquals("user-42", new String(byPayload.user(), UTF_8));
        StampableEvent stampable = byPayload.stampable();
        assertEquals(json, new String(stampable.value(), UTF_8));
        assertEquals(StampableEvent.Place.AFTER_PROPERTY, stampable.place());
        assertEquals(json.length() - 2, stampable.from());
        assertEquals(json.length() - 2, stampable.to());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"evtName\":\"a\"}",
                "{\"evtName\":\"a\",\"type\":null}",
                "{\"evtName\":\"a\",\"type\":\"event\"}",
                "{\"evtName\":\"a\",\"type\":\"\\u0065vent\"}",
                "{\"evtName\":\"a\",\"type\":\"profile\",\"type\":\"event\"}",
                "{\"evtName\":\"app installed\"}",
                "{\"evtName\":\"API\",\"evtData\":{\"CT Source\":\"Web\"}}",
                "{\"evtName\":\"a\",\"CT Source\":\"API\"}",
                "{\"evtName\":\"a\",\"evtData\":{\"x\":{\"CT Source\":\"API\"}}}",
                "{\"evtName\":\"a\",\"evtData\":{\"CT Source\":\"API\",\"CT Source\":\"Web\"}}",
                "{\"evtName\":\"a\",\"evtData\":{\"CT Source\":[\"API\"]}}",
                "{\"evtName\":\"a\",\"evtData\":{\"CT Source\":\"API\"},\"evtData\":null}",
                "{\"evtName\":\"a\",\"evtData\":{\"CT Source\":\"API\"},\"evtData\":{}}",
                "{\"evtName\":\"a\",\"x\":[{\"type\":\"profile\",\"ts\":true,\"evtData\":1}]}",
                " \t\r\n{ \"evtName\" : \"a\" } \n",
            })
    void counts(String json) {
        assertEquals(Verdict.COUNTS, read(byKey, json));
        assertEquals(EventReader.NO_TIME, byKey.time());
        assertTrue(byKey.hasReadableTime());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"profile\"}",
                "{\"type\":\"\"}",
                "{\"type\":\"Event\"}",
                "{\"type\":1}",
                "{\"type\":{}}",
                "{\"type\":\"event\",\"type\":false}",
                "{\"evtName\":\"a\",\"evtData\":{\"CT Source\":\"API\"}}",
                "{\"evtName\":\"a\",\"evtData\":{\"CT\\u0020Source\":\"AP\\u0049\"}}",
                "{\"evtName\":\"a\",\"evt\\u0044ata\":{\"CT Source\":\"API\"}}",
                "{\"evtName\":\"a\",\"evtData\":5,\"evtData\":{\"CT Source\":\"Web\",\"CT Source\":\"API\"}}",
            })
    void isNotTracked_forItsSourceOrType(String json) {
        assertEquals(Verdict.UNTRACKED, read(byKey, json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"evtName\":\"App Installed\"}",
                "{\"evtName\":\"App\\u0020Installed\"}",
                "{\"evtName\":\"a\",\"evtName\":\"Identity Error\"}",
                "{\"evtName\":\"Session Concluded\"}",
                "{\"type\":\"profile\",\"evtName\":\"UTM Visited\",\"evtData\":{\"CT Source\":\"API\"}}",
            })
    void isExcluded_forItsName(String json) {
        assertEquals(Verdict.EXCLUDED, read(byKey, json));
    }

    @Test
    void rejectsNoUncountedEvent_whateverElseIsWrong() {
        assertEquals(Verdict.UNTRACKED, read(byPayload, "{\"type\":\"profile\",\"ts\":true,\"evtData\":1}"));
        assertEquals(EventReader.NO_TIME, byPayload.time());
        assertFalse(byPayload.hasReadableTime());
        assertEquals(0, byPayload.user().length);
        assertEquals(Verdict.UNTRACKED, read(byPayload, "{\"type\":\"profile\",\"ts\":7,\"identity\":\"u\"}"));
        assertEquals(7_000, byPayload.time());
        assertEquals("u", new String(byPayload.user(), UTF_8));
        assertEquals(Verdict.REJECTED, read(byPayload, "{\"type\":\"profile\",}"));
    }

    @Test
    void givesTheFirstReasonThatApplies() {
        assertReason(RejectionReason.MALFORMED_JSON, "{\"identity\":true,\"evtName\":1,\"ts\":true,\"evtData\":1");
        assertReason(RejectionReason.NO_USER, "{\"identity\":true,\"evtName\":1,\"ts\":true,\"evtData\":1}");
        assertReason(RejectionReason.NO_EVENT_NAME, "{\"identity\":\"u\",\"evtName\":1,\"ts\":true,\"evtData\":1}");
        assertReason(RejectionReason.BAD_TIMESTAMP, "{\"identity\":\"u\",\"evtName\":\"a\",\"ts\":true,\"evtData\":1}");
        assertReason(RejectionReason.BAD_EVENT_DATA, "{\"identity\":\"u\",\"evtName\":\"a\",\"ts\":1,\"evtData\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"evtName\":null}", "{\"evtName\":\"\"}", "{\"evtName\":\"a\",\"evtName\":[]}"})
    void needsAnEventName(String json) {
        assertEquals(Verdict.REJECTED, read(byKey, json));
        assertEquals(RejectionReason.NO_EVENT_NAME, byKey.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"\"", "[]", "[{}]", "true"})
    void rejectsDataThatIsNoObject(String data) {
        assertEquals(Verdict.REJECTED, read(byKey, "{\"evtName\":\"a\",\"evtData\":{},\"evtData\":" + data + "}"));
        assertEquals(RejectionReason.BAD_EVENT_DATA, byKey.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"identity\":\"u\"|u",
                "\"identity\":\"u\",\"objectId\":\"o\"|u",
                "\"objectId\":\"o\"|o",
                "\"identity\":null,\"objectId\":\"o\"|o",
                "\"identity\":\"\",\"objectId\":\"o\"|o",
                "\"identity\":\"x\",\"identity\":\"u\"|u",
                "\"identity\":1.10|1.10",
                "\"identity\":-1e400|-1e400",
                "\"identity\":\"a\\\"\\\\\\/\\u00e9\\ud83d\\ude00\\u20ac\"|a\"\\/é😀€",
                "\"identity\":\"Zoë 😀\"|Zoë 😀",
            })
    void takesTheFirstUserThatIsThere(String fields, String user) {
        assertEquals(Verdict.COUNTS, read(byPayload, "{\"evtName\":\"a\"," + fields + "}"));
        assertArrayEquals(user.getBytes(UTF_8), byPayload.user());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":1",
                "\"identity\":null",
                "\"identity\":\"\",\"objectId\":\"\"",
                "\"identity\":true,\"objectId\":\"o\"",
                "\"identity\":{},\"objectId\":\"o\"",
                "\"identity\":[]",
                "\"identity\":\"\\ud83d\",\"objectId\":\"o\"",
                "\"identity\":\"\\ude00\\ud83d\"",
                "\"identity\":\"\\ud83d\\ud83d\\ude00\"",
            })
    void hasNoUser(String fields) {
        assertReason(RejectionReason.NO_USER, "{\"evtName\":\"a\"," + fields + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"evtName\":\"a\" 1}|Expected ',' or '}' at byte 15.",
                "{\"evtName\":[1 2]}|Expected ',' or ']' at byte 14.",
                "{\"evtName\"|Expected ':' at byte 10, where the value ends.",
                "[]|Expected an object, with no byte order mark before it, at byte 0.",
                "{\"evtName\":5}|evtName: must be a string that is not empty. Found: 5 at byte 11.",
                "{}|evtName: must be a string that is not empty. Found: none.",
                "{\"evtName\":\"a\",\"evtData\":[1]}|evtData: must be an object or null. Found: an array at byte 25.",
            })
    void namesTheFieldTheRuleAndTheValue(String json, String detail) {
        assertEquals(Verdict.REJECTED, read(byKey, json));
        assertEquals(detail, byKey.detail());
    }

    @Test
    void namesTheUserFields() {
        assertReason(RejectionReason.NO_USER, "{\"evtName\":\"a\",\"identity\":true}");
        assertEquals(
                "identity or objectId: must be a string that is not empty or a number. Found: true at byte 26.",
                byPayload.detail());
    }

    @Test
    void keepsTheDetailShort_howeverLongTheValueAndTheNames() {
        String json = "{\"evtName\":\"a\",\"" + "t".repeat(5_000) + "\":\"" + "x".repeat(5_000) + "\"}";
        EventFormat wordy = FormatPreset.CLEVERTAP.format(Map.of("event.time.field", "t".repeat(5_000)));
        EventReader reader = new EventReader(wordy, false);
        assertEquals(Verdict.REJECTED, read(reader, json));
        assertTrue(reader.detail().length() <= 200, reader.detail());
        assertTrue(reader.detail().contains("a string of 5002 bytes"), reader.detail());
    }

    @Test
    void failsToExplainARejection_whenTheEventIsNotRejected() {
        read(byKey, "{\"evtName\":\"a\"}");
        assertThrows(IllegalStateException.class, byKey::reason);
        read(byKey, "{}");
        assertThrows(IllegalStateException.class, byKey::stampable);
    }

    @Test
    void readsAnyFormat() {
        EventFormat other = FormatPreset.CLEVERTAP.format(Map.of(
                "event.user.fields", "ключ",
                "event.type.field", "kind",
                "event.name.field", "what",
                "event.time.field", "at",
                "event.data.field", "props",
                "event.source.field", "via",
                "event.session.field", "sid",
                "excluded.events", "boot",
                "untracked.sources", "cron,job"));
        EventReader reader = new EventReader(other, true);
        String json =
                "{\"kind\":\"event\",\"what\":\"go\",\"at\":5,\"props\":{\"via\":\"x\",\"sid\":0 },\"ключ\":\"я\"}";
        assertEquals(Verdict.COUNTS, read(reader, json));
        StampableEvent stampable = reader.stampable();
        assertEquals(StampableEvent.Place.STAMPED, stampable.place());
        assertEquals("0", json.substring(stampable.from(), stampable.to()));
        assertEquals("я", new String(reader.user(), UTF_8));
        assertEquals(Verdict.EXCLUDED, read(reader, "{\"what\":\"boot\"}"));
        assertEquals(Verdict.UNTRACKED, read(reader, "{\"what\":\"go\",\"props\":{\"via\":\"job\"}}"));
    }

    private void assertReason(RejectionReason reason, String json) {
        assertEquals(Verdict.REJECTED, read(byPayload, json));
        assertEquals(reason, byPayload.reason());
    }

    private static Verdict read(EventReader reader, String json) {
        return reader.read(json.getBytes(UTF_8));
    }
}
