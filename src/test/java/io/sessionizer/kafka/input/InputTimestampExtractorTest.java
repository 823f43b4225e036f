package io.sessionizer.kafka.input;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.input.InputRecord.InputKind.ERASURE;
import static io.sessionizer.kafka.input.InputRecord.InputKind.EVENT;
import static io.sessionizer.kafka.input.InputRecord.InputKind.REJECTED;
import static io.sessionizer.kafka.input.InputRecord.InputKind.UNCOUNTED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.topics.CurrentLimits;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.kafka.topics.TopicLimit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What a record is once it is resolved, and how far it advances the clock. */
class InputTimestampExtractorTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final long TEN = ELEVEN - 60 * MINUTE;
    private static final long NONE = -1;
    private static final byte[] USER = bytes("user-42");
    private static final byte[] NO_TEXT = {(byte) 0xFF};
    private static final int MAX_BYTES = 4_000;

    private final InputPath keyed = new InputPath(UserFrom.KEY, Uncounted.FORWARD);
    private final InputPath payload = new InputPath(UserFrom.PAYLOAD, Uncounted.FORWARD);

    @Test
    void anEventAdvancesTheClockToItsTime() {
        assertEquals(TEN, keyed.extract(USER, event(TEN), ELEVEN, NONE));
        assertEquals(EVENT, keyed.input.kind());
        assertArrayEquals(USER, keyed.input.user());
        assertEquals(TEN, keyed.input.timeMs());
        assertEquals(ELEVEN, keyed.input.recordTimeMs());
    }

    @Test
    void noRecordAdvancesTheClockPastItsOwnTimestampOrTheWallClock() {
        assertEquals(TEN, keyed.extract(USER, event(ELEVEN), TEN, NONE));
        assertEquals(ELEVEN, keyed.extract(USER, event(ELEVEN + MINUTE), ELEVEN + MINUTE, NONE));
        assertEquals(EVENT, keyed.input.kind());
    }

    @Test
    void aRecordAdvancesTheClockByItself_whateverCameBefore() {
        assertEquals(TEN, keyed.extract(USER, event(TEN), TEN, ELEVEN));
        assertEquals(TEN, keyed.input.advanceMs());
        assertEquals(7, keyed.input.offset());
    }

    @Test
    void anEventWithoutATimeHappenedAtItsRecordsTimestamp() {
        assertEquals(TEN, keyed.extract(USER, "{'evtName':'x'}", TEN, NONE));
        assertEquals(TEN, keyed.input.timeMs());
        keyed.extract(USER, "{'evtName':'x'}", NONE, NONE);
        assertRejects(RejectionReason.BAD_TIMESTAMP, keyed);
    }

    @Test
    void aMissingTimeComesBeforeInvalidData() {
        for (InputPath path : List.of(keyed, payload)) {
            path.extract(USER, "{'identity':'a','evtName':'x','evtData':5}", NONE, NONE);
            assertRejects(RejectionReason.BAD_TIMESTAMP, path);
            path.extract(USER, "{'identity':'a','evtName':'x','evtData':5}", TEN, NONE);
            assertRejects(RejectionReason.BAD_EVENT_DATA, path);
            path.extract(USER, "{'identity':'a','evtName':'x','evtData':5,'ts':1468308340}", NONE, NONE);
            assertRejects(RejectionReason.BAD_EVENT_DATA, path);
        }
        keyed.extract(null, "{'evtName':'x','evtData':5}", NONE, NONE);
        assertRejects(RejectionReason.NO_USER, keyed);
    }

    @Test
    void rejectedRecordsAndErasuresAdvanceNoClock() {
        assertEquals(0, keyed.extract(USER, event(ELEVEN + 5 * MINUTE + 1), ELEVEN, TEN));
        assertRejects(RejectionReason.FUTURE_TIMESTAMP, keyed);
        assertEquals(NONE, keyed.input.advanceMs());
        assertEquals(0, keyed.extract(USER, null, ELEVEN, TEN));
        assertEquals(NONE, keyed.input.advanceMs());
        assertEquals(ERASURE, keyed.input.kind());
    }

    @Test
    void anUncountedEventAdvancesTheClock_unlessItsTimeCannotBeRead() {
        assertEquals(TEN, keyed.extract(null, "{'evtName':'UTM Visited'}", TEN, NONE));
        assertEquals(UNCOUNTED, keyed.input.kind());
        assertEquals("name \"UTM Visited\"", keyed.input.uncountedReason().toString());
        assertEquals(TEN, keyed.extract(NO_TEXT, "{'evtName':'x','evtData':{'CT Source':'API'}}", TEN, NONE));
        assertEquals("source \"API\"", keyed.input.uncountedReason().toString());
        assertEquals(0, keyed.extract(USER, "{'evtName':'UTM Visited','ts':'never'}", TEN, NONE));
        assertEquals(UNCOUNTED, keyed.input.kind());
    }

    @Test
    void checksTheKeyThenTheTimeThenTheSizeThenTheUser() {
        String future = event(ELEVEN + 6 * MINUTE).replace("'x'", "'" + "x".repeat(MAX_BYTES) + "'");
        String large = event(TEN).replace("'x'", "'" + "x".repeat(MAX_BYTES) + "'");
        byte[] longUser = bytes("u".repeat(keyed.limits.maxUserBytes() + 1));
        keyed.extract(NO_TEXT, future, ELEVEN, NONE);
        assertRejects(RejectionReason.NO_USER, keyed);
        keyed.extract(longUser, future, ELEVEN, NONE);
        assertRejects(RejectionReason.FUTURE_TIMESTAMP, keyed);
        keyed.extract(longUser, large, ELEVEN, NONE);
        assertRejects(RejectionReason.TOO_LARGE, keyed);
        assertTrue(keyed.input.rejection().detail().contains("in the enriched topic"));
        keyed.extract(longUser, event(TEN), ELEVEN, NONE);
        assertRejects(RejectionReason.TOO_LARGE, keyed);
        assertTrue(keyed.input.rejection().detail().startsWith("The user must be"));
    }

    @Test
    void aMissingUserGoesBeforeEveryReasonOfTheValue_exceptThatItIsNoJson() {
        keyed.extract(null, "{", ELEVEN, NONE);
        assertRejects(RejectionReason.MALFORMED_JSON, keyed);
        keyed.extract(null, "{'evtName':5}", ELEVEN, NONE);
        assertRejects(RejectionReason.NO_USER, keyed);
        keyed.extract(USER, "{'evtName':5}", ELEVEN, NONE);
        assertRejects(RejectionReason.NO_EVENT_NAME, keyed);
    }

    @Test
    void anErasureHasItsUserInTheKey_whereverTheUserOfAnEventIs() {
        for (InputPath input : new InputPath[] {keyed, payload}) {
            input.extract(USER, null, ELEVEN, NONE);
            assertEquals(ERASURE, input.input.kind());
            assertArrayEquals(USER, input.input.user());
            input.extract(null, null, ELEVEN, NONE);
            assertRejects(RejectionReason.NO_USER, input);
            input.extract(bytes("u".repeat(input.limits.maxUserBytes() + 1)), null, ELEVEN, NONE);
            assertRejects(RejectionReason.TOO_LARGE, input);
        }
    }

    @Test
    void theKeyHasNoMeaningWhereTheUserIsInThePayload() {
        payload.extract(NO_TEXT, "{'evtName':'x','identity':'user-42'}", TEN, NONE);
        assertEquals(EVENT, payload.input.kind());
        assertArrayEquals(USER, payload.input.user());
        payload.extract(NO_TEXT, "{'evtName':'UTM Visited'}", TEN, NONE);
        assertEquals(UNCOUNTED, payload.input.kind());
        assertFalse(payload.input.hasUser());
    }

    @Test
    void anUncountedEventMustFitOnlyWhereItIsForwarded() {
        String large = "{'evtName':'UTM Visited','x':'" + "x".repeat(MAX_BYTES) + "'}";
        keyed.extract(USER, large, TEN, NONE);
        assertRejects(RejectionReason.TOO_LARGE, keyed);
        InputPath dropping = new InputPath(UserFrom.KEY, Uncounted.DROP);
        dropping.extract(USER, large, TEN, NONE);
        assertEquals(UNCOUNTED, dropping.input.kind());
    }

    @Test
    void aRecordIsResolvedOnce() {
        keyed.extract(USER, event(TEN), TEN, NONE);
        assertThrows(IllegalStateException.class, () -> keyed.extractor.extract(keyed.record, NONE));
    }

    @Test
    void answersOnlyWhatItsKindHas() {
        keyed.extract(USER, event(TEN), TEN, NONE);
        assertThrows(IllegalStateException.class, keyed.input::rejection);
        keyed.extract(USER, "{", TEN, NONE);
        assertThrows(IllegalStateException.class, keyed.input::stampable);
    }

    private static String event(long timeMs) {
        return "{'evtName':'x','ts':'" + Instant.ofEpochMilli(timeMs) + "'}";
    }

    private static void assertRejects(RejectionReason reason, InputPath input) {
        assertEquals(REJECTED, input.input.kind());
        assertEquals(reason, input.input.rejection().reason());
    }

    /** Deserializer and extractor as the topology joins them; the wall clock is at eleven. */
    private static final class InputPath {
        private final OutputLimits limits =
                StreamDriver.limits(new TopicLimit(MAX_BYTES, Long.MAX_VALUE, 60 * MINUTE, Long.MAX_VALUE));
        private final InputDeserializer deserializer;
        private final InputTimestampExtractor extractor;
        private InputRecord input;
        private ConsumerRecord<Object, Object> record;

        InputPath(UserFrom userFrom, Uncounted uncounted) {
            SessionizerSettings settings = TestSettings.of(userFrom, uncounted, Map.of());
            deserializer = new InputDeserializer();
            extractor = new InputTimestampExtractor(settings, new CurrentLimits(limits), () -> ELEVEN);
        }

        /** @param json with single quotes, null for an erasure */
        long extract(byte[] key, String json, long recordTimeMs, long clockMs) {
            input = deserializer.deserialize("events", json == null ? null : bytes(json.replace('\'', '"')));
            record = new ConsumerRecord<>(
                    "events",
                    0,
                    7,
                    recordTimeMs,
                    TimestampType.CREATE_TIME,
                    0,
                    0,
                    key,
                    input,
                    new RecordHeaders(),
                    Optional.empty());
            return extractor.extract(record, clockMs);
        }
    }
}
