package io.sessionizer.event.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionizer.event.HeaderLookup;
import java.util.Map;
import java.util.Optional;

/**
 * An event of each format, after the example in the format's own documentation.
 *
 * @param value JSON
 * @param headers by name
 */
record OfficialExamples(String value, Map<String, String> headers) {
    /** CleverTap, Upload Events API: identity, ts, type, evtName, evtData. */
    private static final String CLEVERTAP = """
            {"identity":"user-42","ts":1468308340,"type":"event","evtName":"Product viewed",
             "evtData":{"Product name":"Casio Chronograph Watch","Category":"Mens Accessories","CT Source":"Web"}}""";

    /** Segment, Spec: Track. */
    private static final String SEGMENT = """
            {"anonymousId":"23adfd82-aa0f-45a7-a756-24f2a7a4c895","context":{"library":{"name":"analytics.js"},
             "page":{"path":"/academy/"}},"event":"Course Clicked","messageId":"ajs-f8ca1e4de5024d9430b3928bd8ac6b96",
             "properties":{"title":"Intro to Analytics"},"receivedAt":"2015-12-12T19:11:01.266Z",
             "sentAt":"2015-12-12T19:11:01.169Z","timestamp":"2015-12-12T19:11:01.249Z","type":"track",
             "userId":"AiUGstSDIg","originalTimestamp":"2015-12-12T19:11:01.152Z"}""";

    /** RudderStack, rudder-transformer, test data of the Kafka destination. */
    private static final String RUDDERSTACK = """
            {"anonymousId":"anonymousId","context":{"library":{"name":"analytics-go"},"sessionId":1687204412379},
             "event":"event","messageId":"messageId","originalTimestamp":"2019-07-18T15:00:00Z","channel":"web",
             "properties":{"key":"value"},"timestamp":"2019-07-18T15:00:00Z","type":"track","userId":"userId"}""";

    /** Jitsu, jitsucom/jitsu, types/protocols/async-request.d.ts and analytics.d.ts. */
    private static final String JITSU = """
            {"ingestType":"browser","messageCreated":"2023-06-01T10:00:01.000Z","writeKey":"key:secret",
             "messageId":"m1","connectionId":"","type":"track","origin":{"baseUrl":"https://data.example.com"},
             "httpHeaders":{"user-agent":"Mozilla/5.0"},"httpPayload":{"type":"track","event":"signup",
             "anonymousId":"anon-1","userId":"u-1","messageId":"m1","timestamp":"2023-06-01T10:00:00.500Z",
             "properties":{"plan":"pro"},"context":{"library":{"name":"jitsu-js"}}}}""";

    /** Amplitude, HTTP V2 API: an event of the upload request. */
    private static final String AMPLITUDE = """
            {"user_id":"203201202","device_id":"C8F9E604-F01A-4BD9-95C6-8E5357DF265D","event_type":"watch_tutorial",
             "time":1396381378123,"event_properties":{"load_time":0.8371,"source":"notification"},
             "session_id":1396381378123,"insert_id":"5f0adeff-6668-4427-8d02-57d803a2b841"}""";

    /** Mixpanel, Import Events. */
    private static final String MIXPANEL = """
            {"event":"Signup","properties":{"time":1618716477000,"distinct_id":"91304156-cafc-4673-a237-623d1129c801",
             "$insert_id":"29fc2962-6d9c-455d-95ad-95b84f09b9e4","Referred by":"Friend"}}""";

    /** PostHog, Docs: Events, and the capture API. */
    private static final String POSTHOG = """
            {"event":"query completed","distinct_id":"018daf23-89b3-7cf8-a4f1-94064c96df90",
             "timestamp":"2024-05-22T17:09:29.220Z","properties":{"color":"red","$current_url":"https://example.com"}}""";

    /** Snowplow, snowplow-golang-analytics-sdk, the event of its tests as JSON. */
    private static final String SNOWPLOW = """
            {"app_id":"angry-birds","platform":"web","collector_tstamp":"2013-11-26T00:03:57.885Z",
             "derived_tstamp":"2013-11-26T00:03:57.886Z","domain_sessionid":"2b15e5c8-d3b1-11e4-b9d6-1681e6b88ec1",
             "domain_sessionidx":3,"domain_userid":"bc2e92ec6c204a14","event":"page_view","event_name":"link_click",
             "user_id":"jon.doe@email.com","contexts_org_schema_web_page_1":[{"genre":"blog"}]}""";

    /** CloudEvents, JSON Event Format, section 3: an event with JSON data. */
    private static final String CLOUDEVENTS = """
            {"specversion":"1.0","type":"com.example.someevent","source":"/mycontext","subject":"user-42",
             "id":"C234-1234-1234","time":"2018-04-05T17:31:00Z","datacontenttype":"application/json",
             "data":{"appinfoA":"abc","appinfoB":123,"appinfoC":true}}""";

    static OfficialExamples of(FormatPreset preset) {
        return switch (preset) {
            case CLEVERTAP -> inValue(CLEVERTAP);
            case SEGMENT -> inValue(SEGMENT);
            case RUDDERSTACK -> inValue(RUDDERSTACK);
            case JITSU -> inValue(JITSU);
            case AMPLITUDE -> inValue(AMPLITUDE);
            case MIXPANEL -> inValue(MIXPANEL);
            case POSTHOG -> inValue(POSTHOG);
            case SNOWPLOW_JSON -> inValue(SNOWPLOW);
            case CLOUDEVENTS -> inValue(CLOUDEVENTS);
            // CloudEvents, Kafka Protocol Binding, section 3.2.5
            case CLOUDEVENTS_BINARY ->
                new OfficialExamples(
                        "not JSON",
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_type", "com.example.someevent",
                                "ce_source", "/mycontext/subcontext",
                                "ce_id", "1234-1234-1234",
                                "ce_time", "2018-04-05T03:56:24Z",
                                "content-type", "application/avro"));
        };
    }

    private static OfficialExamples inValue(String json) {
        return new OfficialExamples(json, Map.of());
    }

    byte[] bytes() {
        return value.getBytes(UTF_8);
    }

    /** The key is that of the binding's example. */
    Optional<byte[]> key() {
        return Optional.of("mykey".getBytes(UTF_8));
    }

    HeaderLookup lookup() {
        return name -> Optional.ofNullable(headers.get(name)).map(text -> text.getBytes(UTF_8));
    }
}
