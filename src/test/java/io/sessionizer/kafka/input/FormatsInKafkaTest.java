package io.sessionizer.kafka.input;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.header;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.ErasureHeader;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The parts of a record outside the value, from input to output: headers, keys, null values, prefixes (specification,
 * section 1).
 */
class FormatsInKafkaTest {
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final String PREFIX = "\0\0\0\7\16";

    private static StreamDriver driver(
            UserFrom userFrom, FormatPreset preset, Map<String, String> overrides, boolean hasKeyPrefix) {
        SessionizerSettings settings = TestSettings.of(userFrom, Uncounted.FORWARD, Map.of());
        boolean erasesOnNull = preset.defaultOf("erasure").orElseThrow().equals("on");
        return new StreamDriver(
                new SessionizerSettings(
                        new InputSettings(
                                userFrom, Uncounted.FORWARD, preset.format(overrides), erasesOnNull, hasKeyPrefix),
                        settings.rules(),
                        settings.clock(),
                        settings.topics(),
                        settings.runtime()),
                ELEVEN);
    }

    private static Headers cloudEvent(String type) {
        return new RecordHeaders().add("ce_type", bytes(type)).add("ce_time", bytes("2016-07-12T10:59:00Z"));
    }

    @ParameterizedTest
    @EnumSource
    void aBinaryCloudEventIsReadFromItsHeaders_andStampedInOne(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom, FormatPreset.CLOUDEVENTS_BINARY, Map.of(), false)) {
            stream.pipe(bytes("u"), bytes("no JSON"), ELEVEN, cloudEvent("seen"));
            TestRecord<byte[], byte[]> enriched = stream.enriched().get(0);
            assertEquals("no JSON", text(enriched.value()));
            assertEquals("u", text(enriched.key()));
            assertEquals(ELEVEN - 60_000, enriched.timestamp());
            assertEquals(StreamDriver.id("u", ELEVEN - 60_000, 0).toString(), header(enriched, "ce_sessionid"));

            stream.pollUntil(ELEVEN + 30 * TestSettings.MINUTE);
            TestRecord<byte[], byte[]> concluded = stream.concluded().get(0);
            assertEquals("Session Concluded", header(concluded, "ce_type"));
            assertEquals("u", header(concluded, "ce_subject"));
            assertTrue(text(concluded.value()).startsWith("{\"Session Length\":0,"), text(concluded.value()));
        }
    }

    /**
     * Its data is empty; without the header, a null value is ignored in this format, since its topic may be compacted.
     */
    @ParameterizedTest
    @EnumSource
    void aCloudEventWithoutDataIsAnEvent_andErasesNoUser(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom, FormatPreset.CLOUDEVENTS_BINARY, Map.of(), false)) {
            stream.pipe(bytes("u"), bytes("1"), ELEVEN, cloudEvent("seen"));
            stream.pipe(bytes("u"), null, ELEVEN, cloudEvent("logout"));
            stream.pipe(bytes("u"), null, ELEVEN, cloudEvent("Session Concluded"));
            stream.pipe(bytes("u"), null, ELEVEN, new RecordHeaders());
            List<TestRecord<byte[], byte[]>> enriched = stream.enriched();
            assertEquals(3, enriched.size());
            assertNull(enriched.get(1).value());
            assertEquals(header(enriched.get(0), "ce_sessionid"), header(enriched.get(1), "ce_sessionid"));
            assertNull(enriched.get(2).value());
            assertTrue(stream.profiles().stream().allMatch(profile -> profile.value() != null));
            assertEquals(List.of(), stream.deadLetters());
        }
    }

    /** The last one counts, even if it is null, which is treated as absent. */
    @ParameterizedTest
    @EnumSource
    void ofSeveralHeadersOfOneNameTheLastCounts(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom, FormatPreset.CLOUDEVENTS_BINARY, Map.of(), false)) {
            stream.pipe(bytes("u"), null, ELEVEN, cloudEvent("seen").add("ce_time", bytes("2016-07-12T10:58:00Z")));
            stream.pipe(bytes("u"), null, ELEVEN, cloudEvent("seen").add("ce_time", null));
            List<TestRecord<byte[], byte[]>> enriched = stream.enriched();
            assertEquals(ELEVEN - 120_000, enriched.get(0).timestamp());
            assertEquals(ELEVEN, enriched.get(1).timestamp());
            stream.pipe(bytes("u"), null, ELEVEN, cloudEvent("seen").add("ce_type", null));
            TestRecord<byte[], byte[]> letter = stream.deadLetters().get(0);
            assertEquals("NO_EVENT_NAME", header(letter, "dead-letter-reason"));
            assertNull(letter.value());
            stream.pipe(bytes("u"), null, ELEVEN, cloudEvent("seen").add("ce_type", new byte[] {(byte) 0xC3, '('}));
            assertEquals("NO_EVENT_NAME", header(stream.deadLetters().get(0), "dead-letter-reason"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErasureThroughTheServiceErases_whereOtherNullValuesAreIgnored(UserFrom userFrom) {
        for (FormatPreset preset : List.of(FormatPreset.CLOUDEVENTS, FormatPreset.CLOUDEVENTS_BINARY)) {
            try (StreamDriver stream = driver(userFrom, preset, Map.of(), false)) {
                stream.pipe(bytes("u"), null, ELEVEN, new RecordHeaders());
                assertEquals(List.of(), stream.profiles());
                stream.pipe(bytes("u"), null, ELEVEN, new RecordHeaders(List.of(ErasureHeader.ofOriginal())));
                TestRecord<byte[], byte[]> profile = stream.profiles().get(0);
                assertEquals("u", text(profile.key()));
                assertNull(profile.value());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStartHeaderMarksTheEventThatOpenedItsSession(UserFrom userFrom) {
        Map<String, String> overrides =
                Map.of("event.session.start.header", "start", "event.session.form", "epoch.millis");
        try (StreamDriver stream = driver(userFrom, FormatPreset.CLEVERTAP, overrides, false)) {
            String event = "{\"identity\":\"u\",\"evtName\":\"Seen\"}";
            stream.pipe(bytes("u"), bytes(event), ELEVEN, new RecordHeaders());
            stream.pipe(bytes("u"), bytes(event), ELEVEN, new RecordHeaders().add("start", bytes("true")));
            List<TestRecord<byte[], byte[]>> enriched = stream.enriched();
            assertEquals("true", header(enriched.get(0), "start"));
            assertNull(enriched.get(1).headers().lastHeader("start"));
            assertEquals(
                    "{\"identity\":\"u\",\"evtName\":\"Seen\",\"evtData\":{\"CT Session ID\":" + ELEVEN + "}}",
                    text(enriched.get(1).value()));
            assertNull(enriched.get(0).headers().lastHeader("ct-session-id"));
        }
    }

    @Test
    void aKeysPrefixIsNotPartOfTheUser_andIsKept() {
        try (StreamDriver stream = driver(UserFrom.KEY, FormatPreset.CLEVERTAP, Map.of(), true)) {
            stream.pipe(bytes(PREFIX + "u"), bytes(PREFIX + "{\"evtName\":\"Seen\"}"), ELEVEN, new RecordHeaders());
            stream.pipe(bytes("u"), bytes("{\"evtName\":\"Seen\"}"), ELEVEN, new RecordHeaders());
            List<TestRecord<byte[], byte[]>> enriched = stream.enriched();
            String id = StreamDriver.id("u", ELEVEN, 0).toString();
            assertEquals(PREFIX + "u", text(enriched.get(0).key()));
            assertEquals(
                    PREFIX + "{\"evtName\":\"Seen\",\"evtData\":{\"CT Session ID\":\"" + id + "\"}}",
                    text(enriched.get(0).value()));
            assertEquals("u", text(enriched.get(1).key()));
            assertTrue(text(enriched.get(1).value()).contains(id));
            stream.pipe(bytes(PREFIX), bytes("{\"evtName\":\"Seen\"}"), ELEVEN, new RecordHeaders());
            assertEquals("NO_USER", header(stream.deadLetters().get(0), "dead-letter-reason"));
            stream.pipe(bytes(PREFIX + "u"), null, ELEVEN, new RecordHeaders());
            List<TestRecord<byte[], byte[]>> profiles = stream.profiles();
            assertEquals("u", text(profiles.get(profiles.size() - 1).key()));
            assertNull(profiles.get(profiles.size() - 1).value());
        }
    }

    @Test
    void aDeadLetterHasKafkasOwnHeadersOnce() {
        try (StreamDriver stream = driver(UserFrom.KEY, FormatPreset.CLEVERTAP, Map.of(), false)) {
            RecordHeaders former = new RecordHeaders();
            former.add("__streams.errors.topic", bytes("elsewhere"));
            stream.pipe(bytes("u"), bytes("{"), ELEVEN, former);
            TestRecord<byte[], byte[]> letter = stream.deadLetters().get(0);
            assertEquals("events", header(letter, "__streams.errors.topic"));
            assertEquals("0", header(letter, "__streams.errors.partition"));
            assertEquals("0", header(letter, "__streams.errors.offset"));
            assertEquals(header(letter, "dead-letter-detail"), header(letter, "__streams.errors.message"));
            int topics = 0;
            for (var each : letter.headers().headers("__streams.errors.topic")) {
                topics += each == null ? 0 : 1;
            }
            assertEquals(1, topics);
        }
    }
}
