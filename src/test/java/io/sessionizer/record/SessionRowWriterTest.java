package io.sessionizer.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.EventTime;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Published;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row of the sessions table and its key, byte for byte (specification, section 1). */
class SessionRowWriterTest {
    private static final SessionId ID = SampleIds.of(1_468_308_350_999L);

    private final SessionRowWriter writer = new SessionRowWriter();

    @Test
    void writesTheSpecificationsExample() {
        assertEquals(
                "{\"session_id\":\"" + ID + "\",\"user_id\":\"user-42\",\"started_at\":1468308340000,"
                        + "\"ended_at\":1468308940000,\"length_s\":600,\"event_count\":7,\"revision\":1}",
                text("user-42", concluded(ID)));
        assertEquals(ID.toString(), key("user-42", ID));
    }

    @Test
    void writesAnEpochIdAsText_andTheUserIntoItsKey() {
        SessionId seconds = ID.in(SessionIdForm.EPOCH_SECONDS);
        SessionId millis = ID.in(SessionIdForm.EPOCH_MILLIS);
        assertTrue(text("u", concluded(seconds)).startsWith("{\"session_id\":\"1468308350\",\"user_id\":\"u\","));
        assertTrue(text("u", concluded(millis)).startsWith("{\"session_id\":\"1468308350999\",\"user_id\":\"u\","));
        assertEquals("späte \"Grüße\"|1|1468308350", key("späte \"Grüße\"|1", seconds));
        assertEquals("u|1468308350999", key("u", millis));
    }

    @Test
    void hasTimesInMilliseconds_andALengthThatIsRoundedDown() throws IOException {
        Session session = new Session(SampleIds.of(900), 900, 2_100, 2, 2_100, 3, false);
        JsonNode row = read("u", new Conclusion(session, Optional.empty(), Published.NONE));
        assertEquals(
                List.of(900L, 2_100L, 1L),
                List.of(
                        row.get("started_at").asLong(),
                        row.get("ended_at").asLong(),
                        row.get("length_s").asLong()));
        assertEquals(3, row.get("revision").asInt());
    }

    @Test
    void isNone_whereTheSessionWasMerged() {
        Conclusion merged = new Conclusion(concluded(ID).session(), Optional.of(SampleIds.of(5)), Published.NONE);
        assertEquals(Optional.empty(), writer.value("u".getBytes(UTF_8), merged));
    }

    @Test
    void writesAnyUserSoThatItIsReadBack() throws IOException {
        for (String user : List.of("a\"b\\c/d", "\u0000\b\t\n\f\r\u001f\u007f", "Zoë 😀 \u2028", "{}", " ")) {
            assertEquals(user, read(user, concluded(ID)).path("user_id").textValue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNeverLongerThanItSays(SessionIdForm form) {
        long maxMs = EventTime.MAX_MS;
        SessionId id = SampleIds.of(maxMs).in(form);
        Session longest = new Session(id, 0, maxMs, Long.MAX_VALUE, maxMs, Integer.MAX_VALUE, false);
        Conclusion conclusion = new Conclusion(longest, Optional.empty(), Published.NONE);
        for (String user : List.of("u", "\u0001".repeat(100), "é😀".repeat(100), "\"".repeat(100))) {
            byte[] bytes = user.getBytes(UTF_8);
            assertTrue(writer.value(bytes, conclusion).orElseThrow().length <= writer.maxLength(bytes.length), user);
            assertTrue(writer.key(bytes, id).length <= writer.maxKeyLength(bytes.length), user);
        }
        assertTrue(writer.maxLength(Integer.MAX_VALUE) > Integer.MAX_VALUE);
        assertTrue(writer.maxKeyLength(Integer.MAX_VALUE) > Integer.MAX_VALUE);
    }

    private static Conclusion concluded(SessionId id) {
        Session session = new Session(id, 1_468_308_340_000L, 1_468_308_940_000L, 7, 1_468_308_940_000L, 1, false);
        return new Conclusion(session, Optional.empty(), Published.NONE);
    }

    private JsonNode read(String user, Conclusion conclusion) throws IOException {
        return new ObjectMapper().readTree(text(user, conclusion));
    }

    private String text(String user, Conclusion conclusion) {
        return new String(writer.value(user.getBytes(UTF_8), conclusion).orElseThrow(), UTF_8);
    }

    private String key(String user, SessionId id) {
        return new String(writer.key(user.getBytes(UTF_8), id), UTF_8);
    }
}
