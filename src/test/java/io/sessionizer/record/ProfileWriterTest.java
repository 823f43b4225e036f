package io.sessionizer.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.event.EventTime;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user's profile, byte for byte (specification, section 1). */
class ProfileWriterTest {
    private static final Session OPEN = new Session(
            SampleIds.of(1_468_308_350_000L), 1_468_308_340_000L, 1_468_308_940_999L, 7, 1_468_308_940_999L, 0, true);

    private final ProfileWriter writer = new ProfileWriter();

    @Test
    void writesTheSpecificationsExample() {
        assertEquals(
                "{\"identity\":\"user-42\",\"CT Session ID\":\"" + OPEN.id() + "\",\"Session Start\":1468308340,"
                        + "\"Last Activity\":1468308940,\"Event Count\":7,\"Status\":\"open\"}",
                text("user-42", OPEN));
    }

    @Test
    void saysWhetherTheSessionHasConcluded() {
        Session concluded = new Session(SampleIds.of(5), 5, 5, 1, 5, 1, false);
        assertTrue(text("u", concluded).endsWith(",\"Status\":\"concluded\"}"));
    }

    @Test
    void writesAnyUserSoThatItIsReadBack() throws IOException {
        for (String user : List.of("a\"b\\c/d", "\u0000\b\t\n\f\r\u001f\u007f", "Zoë 😀 \u2028", "{}", " ")) {
            String read = new ObjectMapper()
                    .readTree(text(user, OPEN))
                    .path("identity")
                    .textValue();
            assertEquals(user, read);
        }
    }

    @Test
    void isNeverLongerThanItSays() {
        long maxMs = EventTime.MAX_MS;
        Session longest = new Session(SampleIds.of(0), 0, maxMs, Long.MAX_VALUE, maxMs, Integer.MAX_VALUE, false);
        for (String user : List.of("u", "\u0001".repeat(100), "é😀".repeat(100), "\"".repeat(100))) {
            byte[] bytes = user.getBytes(UTF_8);
            assertTrue(writer.write(bytes, longest).length <= writer.maxLength(bytes.length), user);
        }
        assertTrue(writer.maxLength(Integer.MAX_VALUE) > Integer.MAX_VALUE);
    }

    private String text(String user, Session session) {
        return new String(writer.write(user.getBytes(UTF_8), session), UTF_8);
    }
}
