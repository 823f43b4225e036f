package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While session tracking is off, events pass without a session (specification, section 1), and everything else works as before. */
class TrackingOffTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = 1_468_321_200_000L;

    private static StreamDriver driver(UserFrom userFrom) {
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), ELEVEN);
    }

    @ParameterizedTest
    @EnumSource
    void forwardsAnEventUnchanged_withTheIdOfItsSender_andOpensNoSession(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.tracking(false);
            byte[] value = bytes(
                    "{ \"identity\":\"u\",\"evtName\":\"Seen\",\"ts\":1468321140,\"evtData\":{\"CT Session ID\":\"old\"}}");
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", bytes("7")).add("ct-session-id", bytes("old"));
            stream.pipe(bytes("u"), value, ELEVEN, headers);
            TestRecord<byte[], byte[]> passed = only(stream.enriched());
            assertArrayEquals(value, passed.value());
            assertEquals("u", text(passed.key()));
            assertEquals(ELEVEN - MINUTE, passed.timestamp());
            assertEquals(headers, passed.headers());
            assertEquals(1, stream.counters().value(Counters.Count.EVENTS_UNSTAMPED));
            assertNull(stream.store(NodeNames.TIMELINES).get(bytes("u")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void forwardsAsAnEventThatDoesNotCount_butWithEventTime(UserFrom userFrom) {
        try (StreamDriver stream = new StreamDriver(TestSettings.of(userFrom, Uncounted.FORWARD, Map.of()), ELEVEN)) {
            stream.tracking(false);
            String fields = "\"identity\":\"u\",\"ts\":1468321140,\"evtData\":{\"CT Session ID\":\"old\"}";
            RecordHeaders headers = new RecordHeaders();
            headers.add("ct-session-id", bytes("old"));
            stream.pipe(bytes("u"), bytes("{\"evtName\":\"Seen\"," + fields + "}"), ELEVEN, headers);
            stream.pipe(bytes("u"), bytes("{\"evtName\":\"UTM Visited\"," + fields + "}"), ELEVEN, headers);
            List<TestRecord<byte[], byte[]>> passed = stream.enriched();
            assertArrayEquals(passed.get(0).key(), passed.get(1).key());
            assertEquals(
                    text(passed.get(1).value()).replace("UTM Visited", "Seen"),
                    text(passed.get(0).value()));
            assertEquals(passed.get(1).headers(), passed.get(0).headers());
            assertEquals(ELEVEN - MINUTE, passed.get(0).timestamp());
            assertEquals(ELEVEN, passed.get(1).timestamp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void carriesTheRecordsTimestamp_whereTheEventHasNoTime(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.tracking(false);
            stream.pipe("u", "{\"identity\":\"u\",\"evtName\":\"Seen\"}", ELEVEN - 7);
            assertEquals(ELEVEN - 7, only(stream.enriched()).timestamp());
        }
    }

    /** An event at the same time would join both sessions while tracking is active. */
    @ParameterizedTest
    @EnumSource
    void mergesNothing_andExtendsNothing(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN - 60 * MINUTE);
            stream.event("u", ELEVEN - 25 * MINUTE);
            stream.tracking(false);
            stream.event("u", ELEVEN - 42 * MINUTE, ELEVEN);
            stream.event("u", ELEVEN - 20 * MINUTE, ELEVEN);
            stream.tracking(true);
            stream.pollUntil(ELEVEN + 60 * MINUTE);
            List<TestRecord<byte[], byte[]>> concluded = stream.concluded();
            assertEquals(2, concluded.size());
            assertEquals(ELEVEN - 60 * MINUTE, concluded.get(0).timestamp());
            assertEquals(ELEVEN - 25 * MINUTE, concluded.get(1).timestamp());
            for (TestRecord<byte[], byte[]> session : concluded) {
                assertTrue(text(session.value()).contains("\"Event Count\":1,\"Revision\":1}"), text(session.value()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesTheClock(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            // so that only records move it
            stream.caughtUp(false);
            stream.event("u", ELEVEN - 60 * MINUTE);
            stream.tracking(false);
            stream.event("other", ELEVEN - 40 * MINUTE);
            assertTrue(stream.concluded().isEmpty());
            stream.event("other", ELEVEN - 40 * MINUTE + 1);
            assertEquals("u", text(only(stream.concluded()).key()));
        }
    }

    @Test
    void keysOutputByTheUserOfThePayload() {
        try (StreamDriver stream = driver(UserFrom.PAYLOAD)) {
            stream.tracking(false);
            stream.pipe("device-7", "{\"objectId\":12.50,\"evtName\":\"Seen\"}", ELEVEN);
            TestRecord<byte[], byte[]> passed = only(stream.enriched());
            assertEquals("12.50", text(passed.key()));
            assertEquals("{\"objectId\":12.50,\"evtName\":\"Seen\"}", text(passed.value()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void concludesOpenSessionsAsTheyComeDue_withoutTheEventsThatPassed(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN);
            stream.tracking(false);
            stream.jumpTo(ELEVEN + 19 * MINUTE);
            stream.event("u", ELEVEN + 19 * MINUTE);
            assertTrue(stream.concluded().isEmpty());
            stream.jumpTo(ELEVEN + 21 * MINUTE);
            stream.event("other", ELEVEN + 20 * MINUTE + 1);
            TestRecord<byte[], byte[]> concluded = only(stream.concluded());
            assertEquals("u", text(concluded.key()));
            assertEquals(ELEVEN, concluded.timestamp());
            assertTrue(text(concluded.value()).contains("\"Event Count\":1,"), text(concluded.value()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void concludesWithoutFurtherEvents(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN);
            stream.tracking(false);
            stream.pollUntil(ELEVEN + 20 * MINUTE + 2_000);
            assertEquals("u", text(only(stream.concluded()).key()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void extendsTheOpenSession_whenSwitchedOnAgain(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN);
            stream.tracking(false);
            stream.event("u", ELEVEN + MINUTE, ELEVEN);
            stream.tracking(true);
            stream.event("u", ELEVEN + 2 * MINUTE, ELEVEN);
            List<TestRecord<byte[], byte[]>> passed = stream.enriched();
            String id = StreamDriver.id("u", ELEVEN, 0).toString();
            assertEquals(id, header(passed.get(0), "ct-session-id"));
            assertNull(passed.get(1).headers().lastHeader("ct-session-id"));
            assertEquals(id, header(passed.get(2), "ct-session-id"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void erasesAndDeadLettersAsUsual(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("gone", ELEVEN);
            stream.tracking(false);
            stream.pipe("gone", null, ELEVEN);
            stream.pipe("u", "{", ELEVEN);
            assertNull(stream.store(NodeNames.TIMELINES).get(bytes("gone")));
            assertEquals("MALFORMED_JSON", header(only(stream.deadLetters()), "dead-letter-reason"));
        }
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertEquals(1, records.size());
        return records.get(0);
    }
}
