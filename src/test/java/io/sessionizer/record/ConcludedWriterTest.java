package io.sessionizer.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.EventTime;
import io.sessionizer.event.Verdict;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Published;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The event Session Concluded, byte for byte (specification, section 1). */
class ConcludedWriterTest {
    private static final SessionId ID = SessionId.of(1_468_308_340_000L, 2, 0x0003_0004_0005_0006L);
    private static final SessionId OTHER = SessionId.of(1_468_308_000_000L, 2, 0x0003_0004_0005_0007L);
    private static final Session SESSION =
            new Session(ID, 1_468_308_340_000L, 1_468_308_940_999L, 7, 1_468_308_940_999L, 1, false);
    private static final Conclusion CONCLUSION = new Conclusion(SESSION, Optional.empty(), Published.NONE);

    private final ConcludedWriter writer = new ConcludedWriter(FormatPreset.CLEVERTAP.format());

    @Test
    void writesTheSpecificationsExample() {
        assertEquals(
                "{\"identity\":\"user-42\",\"type\":\"event\",\"evtName\":\"Session Concluded\",\"ts\":1468308940,"
                        + "\"evtData\":{\"Session Length\":600,\"Session ID\":\"" + ID
                        + "\",\"Session Start\":1468308340,\"Event Count\":7,\"Revision\":1}}",
                text("user-42", CONCLUSION));
    }

    @Test
    void namesTheSurvivor_andCountsNothing_whenMerged() {
        Conclusion merged = new Conclusion(SESSION, Optional.of(OTHER), Published.NONE);
        assertEquals(
                "{\"identity\":\"u\",\"type\":\"event\",\"evtName\":\"Session Concluded\",\"ts\":1468308940,"
                        + "\"evtData\":{\"Session Length\":0,\"Session ID\":\"" + ID
                        + "\",\"Session Start\":1468308340,\"Event Count\":0,\"Revision\":1,\"Merged Into\":\"" + OTHER
                        + "\"}}",
                text("u", merged));
    }

    @Test
    void writesAnyUserSoThatItIsReadBack() {
        for (String user : List.of("a\"b\\c/d", "\u0000\b\t\n\f\r\u001f\u007f", "Zoë 😀 \u2028", "{}", " ")) {
            byte[] json = writer.write(user.getBytes(UTF_8), CONCLUSION);
            EventReader reader = new EventReader(FormatPreset.CLEVERTAP.format(), true);
            assertEquals(Verdict.EXCLUDED, reader.read(json));
            assertArrayEquals(user.getBytes(UTF_8), reader.user());
            assertEquals(1_468_308_940_000L, reader.time());
        }
    }

    @Test
    void isKnownAgainWhenFedBack_inAnyFormat() {
        EventFormat other = FormatPreset.CLEVERTAP.format(Map.of(
                "event.user.fields", "who,device",
                "event.type.field", "\"k\"\"ind\"",
                "event.name.field", "was\n",
                "event.time.field", "wänn",
                "event.data.field", "props"));
        byte[] json = new ConcludedWriter(other).write("u".getBytes(UTF_8), CONCLUSION);
        EventReader reader = new EventReader(other, true);
        assertEquals(Verdict.EXCLUDED, reader.read(json));
        assertEquals(1_468_308_940_000L, reader.time());
        assertEquals("u", new String(reader.user(), UTF_8));
    }

    @Test
    void isNeverLongerThanItSays() {
        long maxMs = EventTime.MAX_MS;
        Session longest = new Session(SampleIds.of(0), 0, maxMs, Long.MAX_VALUE, maxMs, Integer.MAX_VALUE, false);
        Conclusion conclusion = new Conclusion(longest, Optional.of(OTHER), Published.NONE);
        for (String user : List.of("u", "\u0001".repeat(100), "é😀".repeat(100), "\"".repeat(100))) {
            byte[] bytes = user.getBytes(UTF_8);
            int length = writer.write(bytes, conclusion).length;
            assertTrue(length <= writer.maxLength(bytes.length), user);
        }
        assertTrue(writer.maxLength(Integer.MAX_VALUE) > Integer.MAX_VALUE);
    }

    private String text(String user, Conclusion conclusion) {
        return new String(writer.write(user.getBytes(UTF_8), conclusion), UTF_8);
    }
}
