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
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The path of an event whose user is in its payload: re-keyed, then sessionized. */
class RepartitionedProcessorTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = 1_468_321_200_000L;

    private final StreamDriver stream =
            new StreamDriver(TestSettings.of(UserFrom.PAYLOAD, Uncounted.FORWARD, Map.of()), ELEVEN);

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void keysOutputByTheUserOfThePayload_andKeepsValueAndHeaders() {
        stream.pipe(
                bytes("device-7"),
                bytes("{\"objectId\":12.50,\"evtName\":\"Seen\",\"evtData\":null}"),
                ELEVEN,
                new RecordHeaders().add("trace", bytes("7")));
        TestRecord<byte[], byte[]> stamped = only(stream.enriched());
        SessionId id = StreamDriver.id("12.50", ELEVEN, 0);
        assertEquals("12.50", text(stamped.key()));
        assertEquals(
                "{\"objectId\":12.50,\"evtName\":\"Seen\",\"evtData\":{\"CT Session ID\":\"" + id + "\"}}",
                text(stamped.value()));
        assertEquals("7", header(stamped, "trace"));
        assertEquals(2, stamped.headers().toArray().length);
        assertEquals(ELEVEN, stamped.timestamp());
    }

    /** The first record is not sent on: offsets of the repartition topic are others. */
    @Test
    void takesTheIdFromTheOffsetInTheInput() {
        stream.pipe("device-7", "{", ELEVEN);
        stream.event("u", ELEVEN);
        assertEquals(StreamDriver.id("u", ELEVEN, 1).toString(), header(only(stream.enriched()), "ct-session-id"));
    }

    @Test
    void concludesWithoutEvents_fromTheWatermarksOfTheSource() {
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 20 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
        stream.pollUntil(ELEVEN + 20 * MINUTE + 2_000);
        assertEquals("u", text(only(stream.concluded()).key()));
    }

    @Test
    void concludesNothing_whileTheSourceHasUnreadRecords() {
        stream.event("u", ELEVEN);
        stream.caughtUp(false);
        stream.pollUntil(ELEVEN + 60 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
    }

    @Test
    void erasesTheUserOfTheKey() {
        stream.event("gone", ELEVEN);
        stream.pipe("gone", null, ELEVEN);
        assertNull(stream.store(NodeNames.TIMELINES).get(bytes("gone")));
        stream.pollUntil(ELEVEN + 30 * MINUTE);
        assertTrue(stream.concluded().isEmpty());
    }

    @Test
    void deadLettersAtTheSource_withTheKeyAsItWas() {
        stream.pipe("device-7", "{\"evtName\":\"Seen\"}", ELEVEN);
        TestRecord<byte[], byte[]> letter = only(stream.deadLetters());
        assertEquals("NO_USER", header(letter, "dead-letter-reason"));
        assertEquals("device-7", text(letter.key()));
        assertEquals("events", header(letter, "dead-letter-topic"));
    }

    @Test
    void forwardsWhatDoesNotCount_underItsUserIfItNamesOne() {
        stream.pipe("device-7", "{\"evtName\":\"UTM Visited\"}", ELEVEN);
        stream.pipe("device-7", "{\"identity\":\"u\",\"evtName\":\"UTM Visited\"}", ELEVEN);
        List<TestRecord<byte[], byte[]>> passed = stream.enriched();
        assertEquals(
                List.of("device-7", "u"),
                passed.stream().map(record -> text(record.key())).toList());
        assertEquals("{\"evtName\":\"UTM Visited\"}", text(passed.get(0).value()));
        assertEquals(
                "{\"identity\":\"u\",\"evtName\":\"UTM Visited\"}",
                text(passed.get(1).value()));
        assertTrue(stream.deadLetters().isEmpty());
    }

    @Test
    void deadLettersRecordsTooLargeForTheRepartitionTopic_evenIfTheyFitStamped() {
        String stamp = "x".repeat(1_048_420);
        stream.pipe(
                "k",
                "{\"identity\":\"u\",\"evtName\":\"Seen\",\"evtData\":{\"CT Session ID\":\"" + stamp + "\"}}",
                ELEVEN);
        assertEquals("TOO_LARGE", header(only(stream.deadLetters()), "dead-letter-reason"));
        assertTrue(stream.enriched().isEmpty());
    }

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertEquals(1, records.size());
        return records.get(0);
    }
}
