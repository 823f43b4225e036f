package io.sessionizer.dryrun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineFields;
import io.sessionizer.dryrun.LineResult.NotCounted;
import io.sessionizer.event.EventValidator.InputLimits;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.UncountedReason.EventPart;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunTest {
    private static final long MINUTE = 60_000;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final SessionRules RULES = new SessionRules(20 * MINUTE, 24 * 60 * MINUTE, 1000);
    private static final InputLimits LIMITS = new InputLimits(5 * MINUTE, 50, 1_000, 1_000);

    private final DryRun dryRun = dryRun(false, false);
    private long lines;

    private static DryRun dryRun(boolean isRepartitioned, boolean isUncountedForwarded) {
        return new DryRun(
                new DryRunRules(FormatPreset.CLEVERTAP.format(), RULES, LIMITS, isRepartitioned, isUncountedForwarded));
    }

    private LineResult read(String value) {
        return dryRun.read(++lines, value.getBytes(StandardCharsets.UTF_8), ELEVEN);
    }

    private LineResult event(String user, long timeMs) {
        return read("{\"identity\":\"" + user + "\",\"evtName\":\"Seen\",\"ts\":" + timeMs + ",\"evtData\":{}}");
    }

    @Test
    void anEventThatCountsIsStampedWithTheIdOfItsOffset() {
        assertInstanceOf(DeadLettered.class, read("{").verdict());
        LineResult result = event("u", ELEVEN - MINUTE);
        Counted counted = (Counted) result.verdict();
        String id = new EventOrigin(SessionIdForm.UUID)
                .set("u".getBytes(StandardCharsets.UTF_8), 0, 1)
                .apply(ELEVEN - MINUTE)
                .toString();
        assertEquals(2, result.number());
        assertEquals(id, counted.session().toString());
        assertTrue(counted.opensSession());
        assertArrayEquals(
                ("{\"identity\":\"u\",\"evtName\":\"Seen\",\"ts\":" + (ELEVEN - MINUTE)
                                + ",\"evtData\":{\"CT Session ID\":\"" + id + "\"}}")
                        .getBytes(StandardCharsets.UTF_8),
                counted.stamped());
    }

    @Test
    void linesOfAUserWithinTheGapShareASession() {
        Counted first = (Counted) event("u", ELEVEN - 60 * MINUTE).verdict();
        Counted second = (Counted) event("u", ELEVEN - 40 * MINUTE).verdict();
        Counted other = (Counted) event("v", ELEVEN - 40 * MINUTE).verdict();
        Counted later = (Counted) event("u", ELEVEN - 20 * MINUTE + 1).verdict();
        Counted late = (Counted) event("u", ELEVEN - 30 * MINUTE).verdict();
        assertEquals(first.session(), second.session());
        assertFalse(second.opensSession());
        assertTrue(other.opensSession());
        assertTrue(later.opensSession());
        assertFalse(late.opensSession());
        assertEquals(first.session(), late.session());
    }

    @Test
    void fieldsAreShown() {
        assertEquals(
                new LineFields(
                        Optional.of("7"),
                        Optional.of("profile"),
                        Optional.of("Seen é"),
                        Optional.of("Web"),
                        OptionalLong.of(ELEVEN)),
                read("{\"objectId\":7,\"type\":\"profile\",\"evtName\":\"Seen \\u00e9\",\"ts\":" + ELEVEN
                                + ",\"evtData\":{\"CT Source\":\"Web\"}}")
                        .fields());
        assertEquals(
                LineFields.NONE,
                read("{\"identity\":\"u\",\"evtName\":\"Seen\"").fields());
        assertEquals(
                LineFields.NONE,
                read("{\"identity\":{},\"evtName\":[1],\"ts\":\"noon\"}").fields());
    }

    @Test
    void withoutATimeTheWallClockCounts() {
        LineResult result = read("{\"identity\":\"u\",\"evtName\":\"Seen\"}");
        assertEquals(OptionalLong.empty(), result.fields().timeMs());
        assertEquals(ELEVEN, ((Counted) result.verdict()).session().openedAt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"evtName\":\"App Installed\",\"ts\":\"?\"} | NAME",
                "{\"evtName\":\"Session Concluded\"} | NAME",
                "{\"type\":\"profile\"} | TYPE",
                "{\"type\":\"profile\",\"evtData\":{\"CT Source\":\"API\"}} | TYPE",
                "{\"evtName\":\"Seen\",\"evtData\":{\"CT Source\":\"API\"}} | SOURCE",
            })
    void anEventThatDoesNotCountSaysBecauseOfWhichField(String value, EventPart by) {
        assertEquals(new NotCounted(by), read(value).verdict());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | MALFORMED_JSON",
                "{\"evtName\":\"Seen\"} | NO_USER",
                "{\"identity\":\"u\"} | NO_EVENT_NAME",
                "{\"identity\":\"u\",\"evtName\":\"Seen\",\"ts\":\"noon\"} | BAD_TIMESTAMP",
                "{\"identity\":\"u\",\"evtName\":\"Seen\",\"evtData\":1} | BAD_EVENT_DATA",
                "{\"identity\":\"u\",\"evtName\":\"Seen\",\"ts\":4102444800} | FUTURE_TIMESTAMP",
                "{\"identity\":\"012345678901234567890123456789012345678901234567890\",\"evtName\":\"Seen\"} | TOO_LARGE",
            })
    void aDeadLetterHasItsReasonAndDetail(String value, RejectionReason reason) {
        DeadLettered letter = (DeadLettered) read(value).verdict();
        assertEquals(reason, letter.rejection().reason());
        assertFalse(letter.rejection().detail().isEmpty());
    }

    @Test
    void whatTheTopicsWouldRefuseIsADeadLetter_uncountedEventsOnlyIfTheyAreForwarded() {
        String large = "{\"identity\":\"u\",\"evtName\":\"Seen\",\"x\":\"" + "x".repeat(1_000) + "\"}";
        assertEquals(
                RejectionReason.TOO_LARGE,
                ((DeadLettered) read(large).verdict()).rejection().reason());
        byte[] uncounted = large.replace("Seen", "App Installed").getBytes(StandardCharsets.UTF_8);
        assertInstanceOf(
                NotCounted.class,
                dryRun(false, false).read(1, uncounted, ELEVEN).verdict());
        for (boolean isRepartitioned : new boolean[] {false, true}) {
            assertInstanceOf(
                    DeadLettered.class,
                    dryRun(isRepartitioned, true).read(1, uncounted, ELEVEN).verdict());
        }
    }

    @Test
    void anEpochFormIsANumber() {
        DryRun millis =
                new DryRun(new DryRunRules(FormatPreset.AMPLITUDE.format(Map.of()), RULES, LIMITS, true, false));
        byte[] value = ("{\"user_id\":\"u\",\"event_type\":\"seen\",\"time\":" + ELEVEN + "}")
                .getBytes(StandardCharsets.UTF_8);
        Counted counted = (Counted) millis.read(1, value, ELEVEN).verdict();
        assertEquals(
                "{\"user_id\":\"u\",\"event_type\":\"seen\",\"time\":" + ELEVEN + ",\"session_id\":" + ELEVEN + "}",
                new String(counted.stamped(), StandardCharsets.UTF_8));
    }

    @Test
    void forgottenUsersTakeNoRoom() {
        DryRunSessions sessions = new DryRunSessions(RULES, SessionIdForm.UUID);
        for (int i = 0; i < 100_000; i++) {
            sessions.advanceClock(i * MINUTE);
            sessions.add(("u" + i).getBytes(StandardCharsets.UTF_8), i * MINUTE, i);
        }
        assertTrue(sessions.users() < 10_000, () -> "users: " + sessions.users());
    }
}
