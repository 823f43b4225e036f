package io.sessionizer.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.EventReader;
import io.sessionizer.event.EventTime;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.record.ConcludedWriter.ConcludedHeader;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Published;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionIdForm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Session Concluded in the shape of each format, with every member that the format's own specification requires. */
class ConcludedShapesTest {
    private static final long START = 1_468_308_340_123L;
    private static final long END = 1_468_308_940_999L;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // CleverTap, Upload Events API
                "CLEVERTAP | /identity | /type | /evtName | /ts | /evtData",
                // Segment, HTTP API: an identifier, and a track's event; Spec: Common Fields: messageId
                "SEGMENT | /anonymousId | /type | /event | /timestamp | /messageId | /properties",
                // RudderStack, Event Spec: Common Fields, and Track
                "RUDDERSTACK | /anonymousId | /channel | /context | /type | /originalTimestamp | /sentAt | /event"
                        + " | /timestamp | /messageId | /properties",
                // Jitsu, IngestMessage and AnalyticsClientEvent: all members that are not optional
                "JITSU | /ingestType | /messageCreated | /writeKey | /messageId | /connectionId | /type"
                        + " | /origin/baseUrl | /httpHeaders | /httpPayload/type | /httpPayload/event"
                        + " | /httpPayload/context | /httpPayload/anonymousId | /httpPayload/timestamp | /httpPayload/messageId",
                // Amplitude, HTTP V2 API: user_id or device_id, and event_type; the api_key is the request's
                "AMPLITUDE | /user_id | /event_type | /time | /insert_id | /event_properties",
                // Mixpanel, Import Events
                "MIXPANEL | /event | /properties/time | /properties/distinct_id | /properties/$insert_id",
                // PostHog, capture API: event and distinct_id; the api_key is the request's
                "POSTHOG | /event | /distinct_id | /timestamp | /uuid | /properties",
                // Snowplow, iglu:com.snowplowanalytics.snowplow/atomic/jsonschema/1-0-0: the members that must not be
                // null
                "SNOWPLOW_JSON | /event_id | /collector_tstamp | /v_collector | /v_etl | /derived_tstamp | /event_name"
                        + " | /domain_userid",
                // CloudEvents, section 3.1.1
                "CLOUDEVENTS | /specversion | /id | /source | /type | /subject | /time | /data"
            })
    void hasEveryRequiredMember(ArgumentsAccessor arguments) throws IOException {
        JsonNode event = written(FormatPreset.valueOf(arguments.getString(0)).format());
        for (int i = 1; i < arguments.size(); i++) {
            String pointer = arguments.getString(i);
            JsonNode member = event.at(pointer);
            assertTrue(!member.isMissingNode() && !member.isNull(), () -> pointer + " in " + event);
        }
    }

    /** The values that the specifications allow for these members. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEGMENT | /type | track",
                "RUDDERSTACK | /type | track",
                "RUDDERSTACK | /channel | mobile|web|server|sources",
                "RUDDERSTACK | /originalTimestamp | [0-9T:.-]{23}Z",
                "RUDDERSTACK | /sentAt | [0-9T:.-]{23}Z",
                "JITSU | /ingestType | s2s|browser",
                "JITSU | /httpPayload/type | track",
                // up to 36 letters, digits and hyphens
                "MIXPANEL | /properties/$insert_id | [0-9a-zA-Z-]{1,36}",
                "POSTHOG | /uuid | [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "SNOWPLOW_JSON | /event_id | .{1,36}",
                "SNOWPLOW_JSON | /v_collector | .{1,100}",
                "SNOWPLOW_JSON | /v_etl | .{1,100}",
                "CLOUDEVENTS | /specversion | 1.0",
                "CLOUDEVENTS | /source | /sessionizer"
            })
    void hasValuesThatTheFormatAllows(ArgumentsAccessor arguments) throws IOException {
        JsonNode member =
                written(FormatPreset.valueOf(arguments.getString(0)).format()).at(arguments.getString(1));
        String allowed =
                arguments.toList().stream().skip(2).map(String::valueOf).collect(Collectors.joining("|"));
        assertTrue(member.asText().matches(allowed), () -> member + " is not " + allowed);
    }

    @Test
    void isACloudEventInBinaryMode() throws IOException {
        EventFormat format = FormatPreset.CLOUDEVENTS_BINARY.format();
        Map<String, String> headers = headers(format);
        String id = headers.remove("ce_id");
        assertEquals(8, UUID.fromString(id).version());
        assertEquals(
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_source", "/sessionizer",
                        "ce_type", "Session Concluded",
                        "ce_subject", "user-42",
                        "ce_time", "2016-07-12T07:35:40.999Z",
                        "content-type", "application/json"),
                headers);
        assertEquals(600, written(format).path("Session Length").asInt());
    }

    /** Kafka Protocol Binding, section 3: without this header, receivers assume binary mode. */
    @Test
    void isACloudEventInStructuredMode() {
        assertEquals(
                Map.of("content-type", "application/cloudevents+json"), headers(FormatPreset.CLOUDEVENTS.format()));
    }

    @ParameterizedTest
    @CsvSource({
        "CLEVERTAP, /ts, 1468308940",
        "SEGMENT, /timestamp, 2016-07-12T07:35:40.999Z",
        "JITSU, /messageCreated, 2016-07-12T07:35:40.999Z",
        "AMPLITUDE, /time, 1468308940999",
        "MIXPANEL, /properties/time, 1468308940999",
        "POSTHOG, /timestamp, 2016-07-12T07:35:40.999Z",
        "SNOWPLOW_JSON, /collector_tstamp, 2016-07-12T07:35:40.999Z",
        "CLOUDEVENTS, /time, 2016-07-12T07:35:40.999Z"
    })
    void hasItsTimeAsTheFormatWritesTimes(FormatPreset preset, String pointer, String time) throws IOException {
        assertEquals(time, written(preset.format()).at(pointer).asText());
    }

    @ParameterizedTest
    @EnumSource(FormatPreset.class)
    void isKnownAgainWhenFedBack(FormatPreset preset) {
        EventFormat format = preset.format();
        Map<String, String> headers = headers(format);
        EventReader reader = new EventReader(format, true);
        byte[] value = new ConcludedWriter(format).write("user-42".getBytes(UTF_8), conclusion(1));
        assertEquals(
                Verdict.EXCLUDED,
                reader.read(
                        value,
                        Optional.empty(),
                        name -> Optional.ofNullable(headers.get(name)).map(text -> text.getBytes(UTF_8))));
        assertEquals("user-42", new String(reader.user(), UTF_8));
        assertEquals(preset == FormatPreset.CLEVERTAP ? END / 1000 * 1000 : END, reader.time());
    }

    @ParameterizedTest
    @CsvSource({"UUID, string", "EPOCH_SECONDS, 1468308340", "EPOCH_MILLIS, 1468308340123"})
    void writesTheIdInTheFormInWhichTheSessionWasOpened(SessionIdForm form, String expected) throws IOException {
        Session session = new Session(SampleIds.of(START).in(form), START, END, 7, END, 1, false);
        Conclusion merged =
                new Conclusion(session, Optional.of(SampleIds.of(START - 1).in(form)), Published.NONE);
        JsonNode data = new ObjectMapper()
                .readTree(new ConcludedWriter(FormatPreset.CLEVERTAP.format()).write(new byte[] {'u'}, merged))
                .path("evtData");
        assertEquals(form != SessionIdForm.UUID, data.path("Session ID").isNumber());
        assertEquals(form != SessionIdForm.UUID, data.path("Merged Into").isNumber());
        if (form != SessionIdForm.UUID) {
            assertEquals(expected, data.path("Session ID").asText());
        }
    }

    /** Epoch ids of two users may be equal; their event ids must not be. */
    @Test
    void hasAnEventIdOfUserSessionAndRevision() {
        assertEquals(ConcludedEventId.of(new byte[] {'a'}, conclusion(1)), eventId("a", 1));
        assertNotEquals(eventId("a", 1), eventId("b", 1));
        assertNotEquals(eventId("a", 1), eventId("a", 2));
    }

    @ParameterizedTest
    @EnumSource(FormatPreset.class)
    void isNeverLongerThanItSays(FormatPreset preset) {
        ConcludedWriter writer = new ConcludedWriter(preset.format());
        long max = EventTime.MAX_MS;
        Session longest = new Session(SampleIds.of(0), 0, max, Long.MAX_VALUE, max, Integer.MAX_VALUE, false);
        Conclusion conclusion = new Conclusion(longest, Optional.of(SampleIds.of(0)), Published.NONE);
        for (String user : List.of("u", "\u0001".repeat(100), "é😀".repeat(100))) {
            byte[] bytes = user.getBytes(UTF_8);
            assertTrue(writer.write(bytes, conclusion).length <= writer.maxLength(bytes.length), user);
            int headers = writer.headers(bytes, conclusion).stream()
                    .mapToInt(header -> header.name().length() + header.value().length)
                    .sum();
            assertTrue(headers <= writer.maxHeadersLength(bytes.length), user);
        }
    }

    private static String eventId(String user, int revision) {
        return ConcludedEventId.of(user.getBytes(UTF_8), conclusion(revision));
    }

    private static Conclusion conclusion(int revision) {
        Session session = new Session(SampleIds.of(START), START, END, 7, END, revision, false);
        return new Conclusion(session, Optional.empty(), Published.NONE);
    }

    private static JsonNode written(EventFormat format) throws IOException {
        return new ObjectMapper().readTree(new ConcludedWriter(format).write("user-42".getBytes(UTF_8), conclusion(1)));
    }

    private static Map<String, String> headers(EventFormat format) {
        return new ConcludedWriter(format)
                .headers("user-42".getBytes(UTF_8), conclusion(1)).stream()
                        .collect(Collectors.toMap(ConcludedHeader::name, header -> new String(header.value(), UTF_8)));
    }
}
