package io.sessionizer.kafka;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.Settings.ClockSettings;
import io.sessionizer.kafka.Settings.Uncounted;
import io.sessionizer.kafka.Settings.UserFrom;
import io.sessionizer.session.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventProcessorTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();

    private StreamDriver stream = driver(Uncounted.DROP);

    private static StreamDriver driver(Uncounted uncounted) {
        return new StreamDriver(TestSettings.of(UserFrom.KEY, uncounted, Map.of()), ELEVEN);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void stampsAnEventAsTheContractShows() {
        stream.pipe(
                "user-42",
                "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Product Viewed\",\"ts\":1468308340,"
                        + "\"evtData\":{\"Product\":\"Shoes\",\"CT Source\":\"Web\"}}",
                ELEVEN);
        SessionId id = SessionId.of(bytes("user-42"), 1_468_308_340_000L);
        TestRecord<byte[], byte[]> stamped = only(stream.enriched());
        assertEquals(
                "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Product Viewed\",\"ts\":1468308340,"
                        + "\"evtData\":{\"Product\":\"Shoes\",\"CT Source\":\"Web\",\"CT Session ID\":\"" + id + "\"}}",
                text(stamped.value()));
        assertEquals("user-42", text(stamped.key()));
        assertEquals(1_468_308_340_000L, stamped.timestamp());
        assertEquals(id.toString(), header(stamped, "ct-session-id"));
    }

    @Test
    void concludesAtHalfPastEleven_andNotBefore() {
        stream.event("user-42", ELEVEN);
        stream.jumpTo(ELEVEN + 10 * MINUTE);
        stream.event("user-42", ELEVEN + 10 * MINUTE);
        stream.jumpTo(ELEVEN + 40 * MINUTE);
        stream.event("other", ELEVEN + 30 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
        stream.event("other", ELEVEN + 30 * MINUTE + 1);
        TestRecord<byte[], byte[]> concluded = only(stream.concluded());
        SessionId id = SessionId.of(bytes("user-42"), ELEVEN);
        assertEquals(
                "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Session Concluded\",\"ts\":1468321800,"
                        + "\"evtData\":{\"Session Length\":600,\"Session ID\":\"" + id
                        + "\",\"Session Start\":1468321200,\"Event Count\":2,\"Revision\":1}}",
                text(concluded.value()));
        assertEquals(ELEVEN + 10 * MINUTE, concluded.timestamp());
        assertEquals("false", header(concluded, "ct-live-segments"));
    }

    @Test
    void concludesByTheWallClock_whenThePartitionIsIdle() {
        stream.event("user-42", ELEVEN);
        stream.pollUntil(ELEVEN + 20 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
        stream.pollUntil(ELEVEN + 20 * MINUTE + 1_000);
        assertEquals(ELEVEN, only(stream.concluded()).timestamp());
    }

    @Test
    void isNotIdle_whileTheBrokerDoesNotProveThatNothingIsLeft() {
        stream.event("user-42", ELEVEN);
        stream.caughtUp(false);
        stream.pollUntil(ELEVEN + 60 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
        stream.caughtUp(true);
        stream.pollUntil(ELEVEN + 61 * MINUTE);
        assertEquals(1, stream.concluded().size());
    }

    @Test
    void isNotIdle_justBecauseTheProcessWasPaused() {
        stream.event("user-42", ELEVEN);
        stream.jumpTo(ELEVEN + 60 * MINUTE);
        stream.pollUntil(ELEVEN + 60 * MINUTE + 29_000);
        assertTrue(stream.concluded().isEmpty());
        stream.pollUntil(ELEVEN + 60 * MINUTE + 31_000);
        assertEquals(1, stream.concluded().size());
    }

    @Test
    void aLateUploadConcludesTwentyMinutesAfterIt_withTheTimesOfTheActivity() {
        stream.event("other", ELEVEN);
        stream.event("phone", ELEVEN - 300 * MINUTE, ELEVEN);
        stream.event("phone", ELEVEN - 290 * MINUTE, ELEVEN);
        stream.pollUntil(ELEVEN + 20 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        List<TestRecord<byte[], byte[]>> concluded = stream.concluded();
        assertEquals(2, concluded.size());
        TestRecord<byte[], byte[]> late = concluded.stream()
                .filter(record -> text(record.key()).equals("phone"))
                .findFirst()
                .orElseThrow();
        assertEquals(ELEVEN - 290 * MINUTE, late.timestamp());
        assertTrue(text(late.value()).contains("\"Session Length\":600,"));
    }

    @Test
    void aPhoneWhoseClockIsAheadConcludesNobodysSession() {
        stream.event("user-42", ELEVEN - 19 * MINUTE);
        stream.event("ahead", ELEVEN + 4 * MINUTE, ELEVEN);
        stream.event("user-42", ELEVEN);
        assertTrue(stream.concluded().isEmpty());
        assertEquals(
                SessionId.of(bytes("user-42"), ELEVEN - 19 * MINUTE).toString(),
                header(last(stream.enriched()), "ct-session-id"));
    }

    @Test
    void deadLettersAnEventFromTheFuture_andItMovesNoClock() {
        stream.event("user-42", ELEVEN - 25 * MINUTE);
        stream.event("ahead", ELEVEN + 5 * MINUTE + 1, ELEVEN);
        assertEquals("FUTURE_TIMESTAMP", header(only(stream.deadLetters()), "dead-letter-reason"));
        assertTrue(stream.concluded().isEmpty());
    }

    @Test
    void aDeadLetterIsTheRecordUnchanged_andSaysWhereItStood() {
        Headers headers = new RecordHeaders().add("trace", bytes("7"));
        stream.event("user-42", ELEVEN);
        stream.pipe(bytes("user-42"), bytes("{\"evtName\":"), ELEVEN - 7, headers);
        TestRecord<byte[], byte[]> letter = only(stream.deadLetters());
        assertEquals("user-42", text(letter.key()));
        assertEquals("{\"evtName\":", text(letter.value()));
        assertEquals(ELEVEN - 7, letter.timestamp());
        assertEquals("7", header(letter, "trace"));
        assertEquals("MALFORMED_JSON", header(letter, "dead-letter-reason"));
        assertFalse(header(letter, "dead-letter-detail").isBlank());
        assertEquals("events", header(letter, "dead-letter-topic"));
        assertEquals("0", header(letter, "dead-letter-partition"));
        assertEquals("1", header(letter, "dead-letter-offset"));
    }

    @Test
    void deadLettersForTheFirstReasonThatApplies() {
        stream.pipe(null, "{", ELEVEN);
        stream.pipe(null, "{\"evtName\":5}", ELEVEN);
        stream.pipe(new byte[] {(byte) 0xFF}, bytes("{\"evtName\":\"x\"}"), ELEVEN, new RecordHeaders());
        stream.pipe("u", "{\"evtName\":5,\"ts\":\"never\"}", ELEVEN);
        stream.pipe("u", "{\"evtName\":\"x\",\"ts\":\"never\",\"evtData\":1}", ELEVEN);
        stream.pipe("u", "{\"evtName\":\"x\",\"ts\":9999999999,\"evtData\":1}", ELEVEN);
        stream.pipe(null, null, ELEVEN);
        assertEquals(
                List.of(
                        "MALFORMED_JSON",
                        "NO_USER",
                        "NO_USER",
                        "NO_EVENT_NAME",
                        "BAD_TIMESTAMP",
                        "BAD_EVENT_DATA",
                        "NO_USER"),
                stream.deadLetters().stream()
                        .map(letter -> header(letter, "dead-letter-reason"))
                        .toList());
        assertTrue(stream.enriched().isEmpty());
    }

    @Test
    void eventsThatDoNotCountMoveTheClock_andAreDropped() {
        stream.event("user-42", ELEVEN - 30 * MINUTE);
        stream.pipe(null, "{\"evtName\":\"UTM Visited\"}", ELEVEN);
        assertEquals(1, stream.concluded().size());
        assertEquals(1, stream.enriched().size());
        assertTrue(stream.deadLetters().isEmpty());
    }

    @Test
    void eventsThatDoNotCountPassUnchanged_whenTheyAreForwarded() {
        stream.close();
        stream = driver(Uncounted.FORWARD);
        String excluded = "{ \"evtName\":\"UTM Visited\", \"ts\":\"never\", \"evtData\":7 }";
        stream.pipe("user-42", excluded, ELEVEN - 3);
        TestRecord<byte[], byte[]> passed = only(stream.enriched());
        assertEquals(excluded, text(passed.value()));
        assertEquals(ELEVEN - 3, passed.timestamp());
        assertNull(passed.headers().lastHeader("ct-session-id"));
    }

    @Test
    void aLateBridgeMergesTwoSessions_andTellsItAtOnce() {
        stream.event("u", ELEVEN - 60 * MINUTE);
        stream.event("u", ELEVEN - 30 * MINUTE);
        stream.event("u", ELEVEN - 45 * MINUTE, ELEVEN - 30 * MINUTE);
        List<TestRecord<byte[], byte[]>> concluded = stream.concluded();
        SessionId survivor = SessionId.of(bytes("u"), ELEVEN - 60 * MINUTE);
        SessionId voided = SessionId.of(bytes("u"), ELEVEN - 30 * MINUTE);
        assertEquals(2, concluded.size());
        assertTrue(text(concluded.get(0).value()).contains("\"Session ID\":\"" + survivor + "\""));
        String merged = text(concluded.get(1).value());
        assertTrue(merged.contains("\"Session Length\":0,\"Session ID\":\"" + voided + "\""), merged);
        assertTrue(merged.contains("\"Event Count\":0,\"Revision\":1,\"Merged Into\":\"" + survivor + "\""), merged);
        stream.pollUntil(ELEVEN + 5 * MINUTE);
        String amended = text(only(stream.concluded()).value());
        assertTrue(amended.contains("\"Session Length\":1800,\"Session ID\":\"" + survivor + "\""), amended);
        assertTrue(amended.contains("\"Event Count\":3,\"Revision\":2}"), amended);
    }

    @Test
    void anErasedUserIsGoneFromEveryStore_andItsSessionsNeverConclude() {
        stream.event("gone", ELEVEN);
        stream.event("stays", ELEVEN);
        stream.pipe("gone", null, ELEVEN);
        assertNull(stream.store(Names.TIMELINES).get(bytes("gone")));
        assertEquals(1, deadlines());
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        assertEquals("stays", text(only(stream.concluded()).key()));
    }

    @Test
    void writesNothingToEraseAUserThatIsNotThere() {
        stream.event("stays", ELEVEN);
        stream.pipe("never-seen", null, ELEVEN);
        stream.pipe("u".repeat(8_193), null, ELEVEN);
        assertEquals(1, deadlines());
        assertEquals("TOO_LARGE", header(only(stream.deadLetters()), "dead-letter-reason"));
    }

    @Test
    void storesTheClockThatFollowsTheWall_soThatARestartGoesOnFromThere() {
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 10 * MINUTE);
        byte[] clock = stream.store(Names.TIMELINES).get(new byte[0]);
        assertEquals(ELEVEN + 10 * MINUTE, java.nio.ByteBuffer.wrap(clock, 1, 8).getLong());
    }

    @Test
    void keepsOneDeadlineForEachUser_andNoneForTheForgotten() {
        for (int i = 0; i < 50; i++) {
            stream.event("user-" + i % 10, ELEVEN + i * MINUTE, ELEVEN);
            stream.jumpTo(ELEVEN + i * MINUTE);
        }
        assertEquals(10, deadlines());
        stream.pollUntil(ELEVEN + 80 * MINUTE);
        assertEquals(10, deadlines());
        stream.jumpTo(ELEVEN + 25 * 60 * MINUTE + 50 * MINUTE);
        stream.pollUntil(ELEVEN + 25 * 60 * MINUTE + 52 * MINUTE);
        assertEquals(0, deadlines());
        stream.store(Names.TIMELINES).all().forEachRemaining(entry -> assertEquals(0, entry.key.length));
    }

    @Test
    void deadLettersWhatWouldBeTooLargeOnceStamped() {
        stream.close();
        OutputLimits.Limit small = new OutputLimits.Limit(4_000, Long.MAX_VALUE, 3_600_000);
        Settings settings = TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of());
        stream = new StreamDriver(settings, ELEVEN, StreamDriver.limits(small));
        stream.pipe("u", "{\"evtName\":\"" + "x".repeat(3_700) + "\"}", ELEVEN);
        stream.pipe("u", "{\"evtName\":\"" + "x".repeat(3_850) + "\"}", ELEVEN);
        stream.pipe("u", "{\"evtName\":\"" + "x".repeat(4_850) + "\"}", ELEVEN);
        stream.pipe("u".repeat(1_000), "{\"evtName\":\"x\"}", ELEVEN);
        assertEquals(1, stream.enriched().size());
        List<TestRecord<byte[], byte[]>> letters = stream.deadLetters();
        assertEquals(3, letters.size());
        letters.forEach(letter -> assertEquals("TOO_LARGE", header(letter, "dead-letter-reason")));
        assertNull(letters.get(1).value());
        assertArrayEquals(bytes("u"), letters.get(1).key());
    }

    @Test
    void writesNoTimestampThatABrokerWouldRefuse() {
        stream.close();
        OutputLimits.Limit aDay = new OutputLimits.Limit(1_000_000, 24 * 60 * MINUTE, 3_600_000);
        Settings settings = TestSettings.of(
                UserFrom.KEY, Uncounted.DROP, TestSettings.RULES, new ClockSettings(30_000, 5 * MINUTE), Map.of());
        stream = new StreamDriver(settings, ELEVEN, StreamDriver.limits(aDay));
        stream.event("u", 0, ELEVEN);
        stream.pipe("u", "{", 0);
        long oldest = ELEVEN - 24 * 60 * MINUTE;
        assertTrue(only(stream.enriched()).timestamp() > oldest);
        assertTrue(only(stream.deadLetters()).timestamp() > oldest);
    }

    @Test
    void findsALostDeadlineAgain_afterACrashUnderAtLeastOnce() {
        stream.event("u", ELEVEN);
        byte[] timeline = stream.store(Names.TIMELINES).get(bytes("u"));
        stream.close();
        stream = new StreamDriver(
                TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of("processing.guarantee", "at_least_once")), ELEVEN);
        stream.store(Names.TIMELINES).put(bytes("u"), timeline);
        stream.event("other", ELEVEN + MINUTE, ELEVEN);
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        assertEquals("u", text(only(stream.concluded()).key()));
    }

    private int deadlines() {
        int[] count = {0};
        stream.store(Names.DEADLINES).all().forEachRemaining(entry -> count[0]++);
        return count[0];
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertEquals(1, records.size());
        return records.get(0);
    }

    private static TestRecord<byte[], byte[]> last(List<TestRecord<byte[], byte[]>> records) {
        return records.get(records.size() - 1);
    }
}
