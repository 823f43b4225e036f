package io.sessionizer.kafka.input;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.SessionIdForm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The forms of session ids, and the guarantees of the epoch forms (specification, section 1). */
class SessionIdFormsTest {
    private static final long ELEVEN = 1_468_321_200_999L;
    private static final long MINUTE = TestSettings.MINUTE;

    private static StreamDriver driver(FormatPreset preset, SessionIdForm form, UserFrom userFrom) {
        SessionizerSettings settings = TestSettings.of(userFrom, Uncounted.DROP, Map.of());
        Map<String, String> overrides =
                Map.of("event.session.form", form.value(), "event.session.header", TestSettings.SESSION_HEADER);
        return new StreamDriver(
                new SessionizerSettings(
                        new InputSettings(userFrom, Uncounted.DROP, preset.format(overrides), true, false),
                        settings.rules(),
                        settings.clock(),
                        settings.topics(),
                        settings.runtime()),
                ELEVEN);
    }

    /** Regardless of the current setting: an id in another form would be another id. */
    @ParameterizedTest
    @CsvSource({
        "UUID, EPOCH_MILLIS",
        "UUID, EPOCH_SECONDS",
        "EPOCH_MILLIS, UUID",
        "EPOCH_SECONDS, EPOCH_MILLIS",
        "EPOCH_MILLIS, EPOCH_SECONDS"
    })
    void everyOutputHasTheFormInWhichTheSessionWasOpened(SessionIdForm opened, SessionIdForm now) throws IOException {
        String id;
        byte[] stored;
        try (StreamDriver stream = driver(FormatPreset.CLEVERTAP, opened, UserFrom.KEY)) {
            stream.event("u", ELEVEN);
            id = header(stream.enriched().get(0), TestSettings.SESSION_HEADER);
            stored = stream.store(NodeNames.TIMELINES).get(bytes("u"));
        }
        try (StreamDriver stream = driver(FormatPreset.CLEVERTAP, now, UserFrom.KEY)) {
            stream.store(NodeNames.TIMELINES).put(bytes("u"), stored);
            stream.event("u", ELEVEN + MINUTE);
            TestRecord<byte[], byte[]> stamped = stream.enriched().get(0);
            assertEquals(id, header(stamped, TestSettings.SESSION_HEADER));
            assertId(opened, id, json(stamped).at("/evtData/CT Session ID"));
            stream.pollUntil(ELEVEN + 30 * MINUTE);
            stream.event("u", ELEVEN + 30 * MINUTE);
            assertId(opened, id, json(stream.concluded().get(0)).at("/evtData/Session ID"));
            JsonNode next = json(stream.enriched().get(0)).at("/evtData/CT Session ID");
            assertEquals(now != SessionIdForm.UUID, next.isNumber());
        }
    }

    /** {@code Merged Into} has the form of the session that took over the events. */
    @Test
    void aMergedSessionAndTheOneThatTookItsEventsHaveTheirOwnForms() throws IOException {
        byte[] stored;
        try (StreamDriver stream = driver(FormatPreset.CLEVERTAP, SessionIdForm.UUID, UserFrom.KEY)) {
            stream.event("u", ELEVEN);
            stored = stream.store(NodeNames.TIMELINES).get(bytes("u"));
        }
        try (StreamDriver stream = driver(FormatPreset.CLEVERTAP, SessionIdForm.EPOCH_MILLIS, UserFrom.KEY)) {
            stream.store(NodeNames.TIMELINES).put(bytes("u"), stored);
            stream.event("u", ELEVEN - 30 * MINUTE, ELEVEN);
            stream.event("u", ELEVEN - 15 * MINUTE, ELEVEN);
            JsonNode merged = json(stream.concluded().get(0)).path("evtData");
            assertTrue(merged.path("Session ID").isTextual(), merged::toString);
            assertEquals(ELEVEN - 30 * MINUTE, merged.path("Merged Into").longValue());
            assertTrue(merged.path("Merged Into").isNumber(), merged::toString);
        }
    }

    /** Sessions of two users may have the same epoch id; a receiver that deduplicates must keep both. */
    @ParameterizedTest
    @EnumSource
    void usersWithOneEpochIdHaveEventIdsOfTheirOwn(UserFrom userFrom) throws IOException {
        try (StreamDriver stream = driver(FormatPreset.AMPLITUDE, SessionIdForm.EPOCH_SECONDS, userFrom)) {
            for (String user : List.of("a", "b")) {
                stream.pipe(
                        user, "{\"user_id\":\"" + user + "\",\"event_type\":\"seen\",\"time\":" + ELEVEN + "}", ELEVEN);
            }
            stream.pollUntil(ELEVEN + 30 * MINUTE);
            List<JsonNode> concluded = new ArrayList<>();
            for (TestRecord<byte[], byte[]> each : stream.concluded()) {
                concluded.add(json(each));
            }
            assertEquals(2, concluded.size());
            assertEquals(
                    concluded.get(0).at("/event_properties/Session ID"),
                    concluded.get(1).at("/event_properties/Session ID"));
            assertEquals(
                    ELEVEN / 1000,
                    concluded.get(0).at("/event_properties/Session ID").longValue());
            assertNotEquals(concluded.get(0).path("insert_id"), concluded.get(1).path("insert_id"));
        }
    }

    /** An epoch id depends only on the time, so it recurs after its session was forgotten; a UUID never recurs. */
    @ParameterizedTest
    @CsvSource({"EPOCH_SECONDS, true", "EPOCH_MILLIS, true", "UUID, false"})
    void anEventThatIsSentAgainGivesAnEpochIdAgain_fromRevision1(SessionIdForm form, boolean isSame)
            throws IOException {
        try (StreamDriver stream = driver(FormatPreset.CLEVERTAP, form, UserFrom.KEY)) {
            stream.event("u", ELEVEN);
            stream.pipe("u", null, ELEVEN);
            stream.event("u", ELEVEN);
            stream.pollUntil(ELEVEN + 30 * MINUTE);
            List<TestRecord<byte[], byte[]>> enriched = stream.enriched();
            String first = header(enriched.get(0), TestSettings.SESSION_HEADER);
            assertEquals(isSame, first.equals(header(enriched.get(1), TestSettings.SESSION_HEADER)));
            assertEquals(
                    1, json(stream.concluded().get(0)).at("/evtData/Revision").intValue());
        }
    }

    private static void assertId(SessionIdForm form, String id, JsonNode written) {
        assertEquals(id, written.asText());
        assertEquals(form != SessionIdForm.UUID, written.isNumber());
    }

    private static JsonNode json(TestRecord<byte[], byte[]> record) throws IOException {
        return new ObjectMapper().readTree(text(record.value()));
    }
}
