package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.topics.TopicLimit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written for records that do not count or are rejected. */
class UncountedAndRejectedRecordsTest {
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
    void deadLettersAnEventFromTheFuture_withoutAdvancingTheClock() {
        stream.event("user-42", ELEVEN - 25 * MINUTE);
        stream.event("ahead", ELEVEN + 5 * MINUTE + 1, ELEVEN);
        assertEquals("FUTURE_TIMESTAMP", header(only(stream.deadLetters()), "dead-letter-reason"));
        assertTrue(stream.concluded().isEmpty());
    }

    @Test
    void aDeadLetterIsTheUnchangedRecord_withItsTopicPartitionAndOffset() {
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
    void uncountedEventsAdvanceTheClock_andAreDropped() {
        stream.event("user-42", ELEVEN - 30 * MINUTE);
        stream.pipe(null, "{\"evtName\":\"UTM Visited\"}", ELEVEN);
        assertEquals(1, stream.concluded().size());
        assertEquals(1, stream.enriched().size());
        assertTrue(stream.deadLetters().isEmpty());
    }

    @Test
    void uncountedEventsAreForwardedUnchanged() {
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
    void deadLettersWhatWouldBeTooLargeOnceStamped() {
        stream.close();
        TopicLimit small = new TopicLimit(4_000, Long.MAX_VALUE, 3_600_000, Long.MAX_VALUE);
        SessionizerSettings settings = TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of());
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

    private static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> records) {
        assertEquals(1, records.size());
        return records.get(0);
    }
}
