package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    void stampsAnEventAsTheSpecificationShows() {
        stream.pipe(
                "user-42",
                "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Product Viewed\",\"ts\":1468308340,"
                        + "\"evtData\":{\"Product\":\"Shoes\",\"CT Source\":\"Web\"}}",
                ELEVEN);
        SessionId id = StreamDriver.id("user-42", 1_468_308_340_000L, 0);
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
        SessionId id = StreamDriver.id("user-42", ELEVEN, 0);
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
    void isIdle_thoughBrokenRecordsTrickleIn() {
        stream.event("user-42", ELEVEN);
        for (long at = ELEVEN; at <= ELEVEN + 22 * MINUTE; at += 10_000) {
            stream.pollUntil(at);
            stream.pipe("user-42", "{", at);
        }
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
    void aPhoneWhoseClockIsAheadConcludesNoOtherSession() {
        stream.event("user-42", ELEVEN - 19 * MINUTE);
        stream.event("ahead", ELEVEN + 4 * MINUTE, ELEVEN);
        stream.event("user-42", ELEVEN);
        assertTrue(stream.concluded().isEmpty());
        assertEquals(
                StreamDriver.id("user-42", ELEVEN - 19 * MINUTE, 0).toString(),
                header(last(stream.enriched()), "ct-session-id"));
    }

    @Test
    void aLateBridgeMergesTwoSessions_andPublishesItImmediately() {
        stream.event("u", ELEVEN - 60 * MINUTE);
        stream.event("u", ELEVEN - 30 * MINUTE);
        stream.event("u", ELEVEN - 45 * MINUTE, ELEVEN - 30 * MINUTE);
        List<TestRecord<byte[], byte[]>> concluded = stream.concluded();
        SessionId survivor = StreamDriver.id("u", ELEVEN - 60 * MINUTE, 0);
        SessionId voided = StreamDriver.id("u", ELEVEN - 30 * MINUTE, 1);
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
        assertNull(stream.store(NodeNames.TIMELINES).get(bytes("gone")));
        assertEquals(1, users());
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        assertEquals("stays", text(only(stream.concluded()).key()));
    }

    @Test
    void writesNothing_whenAnErasedUserIsUnknown() {
        stream.event("stays", ELEVEN);
        stream.pipe("never-seen", null, ELEVEN);
        stream.pipe("u".repeat(8_193), null, ELEVEN);
        assertEquals(1, users());
        assertEquals("TOO_LARGE", header(only(stream.deadLetters()), "dead-letter-reason"));
    }

    @Test
    void storesTheWallClock_soThatARestartResumesFromIt() {
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 10 * MINUTE);
        byte[] clock = stream.store(NodeNames.TIMELINES).get(new byte[0]);
        assertEquals(ELEVEN + 10 * MINUTE, java.nio.ByteBuffer.wrap(clock, 1, 8).getLong());
    }

    @Test
    void removesUsersWithoutRememberedSessions() {
        for (int i = 0; i < 50; i++) {
            stream.event("user-" + i % 10, ELEVEN + i * MINUTE, ELEVEN);
            stream.jumpTo(ELEVEN + i * MINUTE);
        }
        stream.pollUntil(ELEVEN + 80 * MINUTE);
        assertEquals(10, users());
        stream.jumpTo(ELEVEN + 25 * 60 * MINUTE + 50 * MINUTE);
        stream.pollUntil(ELEVEN + 25 * 60 * MINUTE + 52 * MINUTE);
        assertEquals(0, users());
    }

    /** Deadlines are in no changelog: a start has them from the timelines alone. */
    @Test
    void concludesWhatWasOpenBeforeARestart() {
        stream.close();
        stream = new StreamDriver(
                TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of("processing.guarantee", "at_least_once")), ELEVEN);
        stream.event("u", ELEVEN);
        stream.event("other", ELEVEN + MINUTE, ELEVEN);
        stream.restart();
        stream.event("other", ELEVEN + 2 * MINUTE, ELEVEN);
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        assertEquals("u", text(only(stream.concluded()).key()));
        stream.pollUntil(ELEVEN + 24 * MINUTE);
        assertEquals("other", text(only(stream.concluded()).key()));
    }

    private int users() {
        int[] count = {0};
        stream.store(NodeNames.TIMELINES).all().forEachRemaining(entry -> count[0] += entry.key.length > 0 ? 1 : 0);
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
