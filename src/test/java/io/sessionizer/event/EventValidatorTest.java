package io.sessionizer.event;

import static io.sessionizer.event.RejectionReason.BAD_TIMESTAMP;
import static io.sessionizer.event.RejectionReason.FUTURE_TIMESTAMP;
import static io.sessionizer.event.RejectionReason.NO_USER;
import static io.sessionizer.event.RejectionReason.TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sessionizer.event.EventValidator.InputLimits;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventValidatorTest {
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();

    private final EventValidator validator =
            new EventValidator(FormatPreset.CLEVERTAP.format(), new InputLimits(300_000, 20, 4_000, 5_000));

    @Test
    void aKeyIsTextThatIsNotEmpty_ofAnyLength() {
        assertAccepts(validator.checkKey("я".getBytes(UTF_8)));
        assertAccepts(validator.checkKey(new byte[10_000]));
        String rule = "The record's key must be the user: UTF-8 text that is not empty. Found: ";
        assertRejects(NO_USER, rule + "no key", validator.checkKey(null));
        assertRejects(NO_USER, rule + "an empty key", validator.checkKey(new byte[0]));
        assertRejects(NO_USER, rule + "bytes that are not UTF-8", validator.checkKey(new byte[] {'u', (byte) 0xFF}));
    }

    @Test
    void anEventHasATime() {
        assertAccepts(validator.checkTime(0, ELEVEN));
        assertRejects(
                BAD_TIMESTAMP,
                "ts: must be present if the record has no timestamp of its own. Found: neither",
                validator.checkTime(EventReader.NO_TIME, ELEVEN));
    }

    @Test
    void anEventIsAtMostSoFarAheadOfTheWallClock() {
        assertAccepts(validator.checkTime(ELEVEN + 300_000, ELEVEN));
        assertRejects(
                FUTURE_TIMESTAMP,
                "ts: must be at most 300000 ms ahead of the wall clock, 2016-07-12T11:00:00Z."
                        + " Found: 2016-07-12T11:05:00.001Z",
                validator.checkTime(ELEVEN + 300_001, ELEVEN));
    }

    @Test
    void aRecordFitsTheEnrichedTopic_thenTheRepartitionTopic() {
        assertAccepts(validator.checkSize(4_000, 5_000));
        assertAccepts(validator.checkSize(4_000, 0));
        assertRejects(
                TOO_LARGE,
                "The record must be at most 4000 bytes in the enriched topic. Found: 4001",
                validator.checkSize(4_001, 5_001));
        assertRejects(
                TOO_LARGE,
                "The record must be at most 5000 bytes in the repartition topic. Found: 5001",
                validator.checkSize(4_000, 5_001));
    }

    @Test
    void aUserIsAtMostSoLong() {
        assertAccepts(validator.checkUser(20));
        assertRejects(TOO_LARGE, "The user must be at most 20 bytes. Found: 21", validator.checkUser(21));
    }

    /** The field's name is the operator's. */
    @Test
    void namesTheFieldOfTheTime() {
        EventFormat format = FormatPreset.CLEVERTAP.format(Map.of("event.time.field", "at"));
        assertRejects(
                BAD_TIMESTAMP,
                "at: must be present if the record has no timestamp of its own. Found: neither",
                new EventValidator(format, new InputLimits(0, 0, 0, 0)).checkTime(-1, ELEVEN));
    }

    /** The same object each time: an accepted record costs no memory. */
    private static void assertAccepts(Optional<Rejection> rejection) {
        assertSame(Optional.empty(), rejection);
    }

    private static void assertRejects(RejectionReason reason, String detail, Optional<Rejection> rejection) {
        assertEquals(Optional.of(new Rejection(reason, detail)), rejection);
    }
}
