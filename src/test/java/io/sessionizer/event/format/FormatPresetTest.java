package io.sessionizer.event.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.Verdict;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each format reads and stamps the example of its own documentation (specification, section 1). */
class FormatPresetTest {
    @Test
    void hasTheTenFormatsOfTheSpecification() {
        assertEquals(
                List.of(
                        "clevertap",
                        "segment",
                        "rudderstack",
                        "jitsu",
                        "amplitude",
                        "mixpanel",
                        "posthog",
                        "snowplow-json",
                        "cloudevents",
                        "cloudevents-binary"),
                List.of(FormatPreset.values()).stream().map(FormatPreset::value).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "CLEVERTAP, user-42, 1468308340000",
        "SEGMENT, 23adfd82-aa0f-45a7-a756-24f2a7a4c895, 1449947461249",
        "RUDDERSTACK, anonymousId, 1563462000000",
        "JITSU, anon-1, 1685613600500",
        "AMPLITUDE, 203201202, 1396381378123",
        "MIXPANEL, 91304156-cafc-4673-a237-623d1129c801, 1618716477000",
        "POSTHOG, 018daf23-89b3-7cf8-a4f1-94064c96df90, 1716397769220",
        "SNOWPLOW_JSON, bc2e92ec6c204a14, 1385424237886",
        "CLOUDEVENTS, user-42, 1522949460000",
        "CLOUDEVENTS_BINARY, mykey, 1522900584000"
    })
    void readsTheOfficialExample(FormatPreset preset, String user, long time) {
        OfficialExamples example = OfficialExamples.of(preset);
        EventReader reader = new EventReader(preset.format(), true);
        assertEquals(Verdict.COUNTS, reader.read(example.bytes(), example.key(), example.lookup()));
        assertEquals(user, new String(reader.user(), UTF_8));
        assertEquals(time, reader.time());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CLEVERTAP | \"CT Source\":\"Web\"} | \"CT Source\":\"Web\",\"CT Session ID\":ID}",
                "SEGMENT | \"path\":\"/academy/\"}} | \"path\":\"/academy/\"},\"sessionId\":ID}",
                "RUDDERSTACK | \"sessionId\":1687204412379 | \"sessionId\":ID",
                "JITSU | {\"library\":{\"name\":\"jitsu-js\"}} | {\"library\":{\"name\":\"jitsu-js\"},\"sessionId\":ID}",
                "AMPLITUDE | \"session_id\":1396381378123 | \"session_id\":ID",
                "MIXPANEL | \"Referred by\":\"Friend\"} | \"Referred by\":\"Friend\",\"session_id\":ID}",
                "POSTHOG | \"https://example.com\"} | \"https://example.com\",\"$session_id\":ID}",
                "SNOWPLOW_JSON | \"2b15e5c8-d3b1-11e4-b9d6-1681e6b88ec1\" | ID",
                "CLOUDEVENTS | \"appinfoC\":true}} | \"appinfoC\":true},\"sessionid\":ID}",
                "CLOUDEVENTS_BINARY | Avro | Avro"
            })
    void stampsTheOfficialExample_whereDownstreamToolsLookForTheId(FormatPreset preset, String before, String after) {
        OfficialExamples example = OfficialExamples.of(preset);
        EventFormat format = preset.format();
        EventReader reader = new EventReader(format, true);
        reader.read(example.bytes(), example.key(), example.lookup());
        SessionId id = SampleIds.of(1_468_308_340_123L).in(format.stamp().form());
        String json = format.stamp().form() == SessionIdForm.UUID ? "\"" + id + "\"" : "" + id;
        assertEquals(
                example.value().replace(before, after.replace("ID}", json + "}").replaceAll("ID$", json)),
                new String(new Stamper(format).stamp(reader.stampable(), id), UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SEGMENT | \"type\":\"track\" | \"type\":\"identify\" | UNTRACKED",
                "SEGMENT | \"page\":{ | \"channel\":\"server\",\"page\":{ | UNTRACKED",
                "RUDDERSTACK | \"channel\":\"web\" | \"channel\":\"sources\" | UNTRACKED",
                "JITSU | \"ingestType\":\"browser\" | \"ingestType\":\"s2s\" | UNTRACKED",
                "AMPLITUDE | watch_tutorial | $identify | EXCLUDED",
                "MIXPANEL | \"event\":\"Signup\" | \"event\":\"$merge\" | EXCLUDED",
                "POSTHOG | query completed | $set | EXCLUDED",
                "SNOWPLOW_JSON | \"platform\":\"web\" | \"platform\":\"srv\" | UNTRACKED",
                "CLOUDEVENTS | com.example.someevent | Session Concluded | EXCLUDED"
            })
    void countsUserActivityOnly(FormatPreset preset, String before, String after, Verdict verdict) {
        EventReader reader = new EventReader(preset.format(), true);
        String event = OfficialExamples.of(preset).value().replace(before, after);
        assertEquals(verdict, reader.read(event.getBytes(UTF_8)));
    }

    @Test
    void aPageCallHasItsNameOrItsTypeAsName() {
        EventReader reader = new EventReader(FormatPreset.SEGMENT.format(), true);
        String page = "{\"type\":\"page\",\"anonymousId\":\"a\",\"timestamp\":\"2015-12-12T19:11:01Z\"";
        assertEquals(Verdict.COUNTS, reader.read((page + ",\"name\":\"Docs\"}").getBytes(UTF_8)));
        assertEquals(Verdict.COUNTS, reader.read((page + "}").getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(FormatPreset.class)
    void readsAnEventBehindASchemaRegistrysPrefix(FormatPreset preset) {
        OfficialExamples example = OfficialExamples.of(preset);
        EventFormat format = preset.format();
        EventReader reader = new EventReader(format, true);
        String prefix = "\0\0\0\7\16";
        byte[] framed = (prefix + example.value()).getBytes(UTF_8);
        assertEquals(Verdict.COUNTS, reader.read(framed, example.key(), example.lookup()));
        SessionId id = SampleIds.of(1_468_308_340_123L);
        String stamped = new String(new Stamper(format).stamp(reader.stampable(), id), UTF_8);
        reader.read(example.bytes(), example.key(), example.lookup());
        assertEquals(prefix + new String(new Stamper(format).stamp(reader.stampable(), id), UTF_8), stamped);
    }
}
