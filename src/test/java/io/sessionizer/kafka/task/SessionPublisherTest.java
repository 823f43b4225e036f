package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.bytes;
import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile of a user is the session with the latest activity, written when it becomes another or changes its state. */
class SessionPublisherTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();

    private StreamDriver stream = new StreamDriver(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()), ELEVEN);

    @AfterEach
    void close() {
        stream.close();
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void isWrittenWhenASessionOpensAndConcludes_notForEachEvent(UserFrom userFrom) {
        stream.close();
        stream = new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), ELEVEN);
        stream.event("u", ELEVEN - 60_000, ELEVEN);
        stream.event("u", ELEVEN - 30_000, ELEVEN);
        stream.event("u", ELEVEN, ELEVEN);
        stream.event("u", ELEVEN - 90_000, ELEVEN);
        assertWritten(profile(ELEVEN - 60_000, ELEVEN - 60_000, ELEVEN - 60_000, 1, "open"));
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        assertWritten(profile(ELEVEN - 60_000, ELEVEN - 90_000, ELEVEN, 4, "concluded"));
    }

    @Test
    void isWrittenWhenItsSessionIsAmended_onceUntilItConcludesAgain() {
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        stream.profiles();
        stream.event("u", ELEVEN + MINUTE, stream.wall());
        stream.event("u", ELEVEN + 2 * MINUTE, stream.wall());
        assertWritten(profile(ELEVEN, ELEVEN, ELEVEN + MINUTE, 2, "open"));
        stream.pollUntil(ELEVEN + HOUR);
        assertWritten(profile(ELEVEN, ELEVEN, ELEVEN + 2 * MINUTE, 3, "concluded"));
    }

    @Test
    void isNotWritten_whateverHappensToAnEarlierSession() {
        stream.event("u", ELEVEN);
        stream.profiles();
        stream.event("u", ELEVEN - 3 * HOUR, ELEVEN);
        stream.event("u", ELEVEN - 2 * HOUR, ELEVEN);
        stream.event("u", ELEVEN - 2 * HOUR - 19 * MINUTE, ELEVEN);
        stream.event("u", ELEVEN - 2 * HOUR - 38 * MINUTE, ELEVEN);
        stream.event("u", ELEVEN - 2 * HOUR - 50 * MINUTE, ELEVEN);
        assertWritten();
        assertEquals(1, stream.counters().value(Counters.Count.SESSIONS_MERGED));
        stream.jumpTo(ELEVEN + 15 * MINUTE);
        stream.event("u", ELEVEN + 15 * MINUTE);
        stream.jumpTo(ELEVEN + 21 * MINUTE);
        stream.event("other", ELEVEN + 21 * MINUTE);
        assertEquals(
                1,
                stream.concluded().stream()
                        .filter(each -> text(each.value()).contains("Count\":5"))
                        .count());
        assertWritten("other="
                + value(
                        "other",
                        StreamDriver.id("other", ELEVEN + 21 * MINUTE, 7),
                        ELEVEN + 21 * MINUTE,
                        ELEVEN + 21 * MINUTE,
                        1,
                        "open"));
    }

    @Test
    void becomesTheSessionThatItsOwnIsMergedInto() {
        stream.event("u", ELEVEN - 30 * MINUTE, ELEVEN);
        stream.event("u", ELEVEN, ELEVEN);
        stream.profiles();
        stream.event("u", ELEVEN - 15 * MINUTE, ELEVEN);
        assertWritten(profile(ELEVEN - 30 * MINUTE, ELEVEN - 30 * MINUTE, ELEVEN, 3, "open"));
    }

    @Test
    void isConcluded_whenTheSessionIsForgottenImmediately() {
        stream.close();
        SessionRules rules = new SessionRules(20 * MINUTE, 0, 10);
        stream = new StreamDriver(
                TestSettings.of(
                        UserFrom.KEY,
                        Uncounted.DROP,
                        rules,
                        new SessionizerSettings.ClockSettings(30_000, 5 * MINUTE, 900_000),
                        Map.of()),
                ELEVEN);
        stream.event("u", ELEVEN);
        stream.profiles();
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        assertWritten(profile(ELEVEN, ELEVEN, ELEVEN, 1, "concluded"));
    }

    @Test
    void isNotWritten_whenTheSessionIsForgotten() {
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 21 * MINUTE);
        stream.profiles();
        stream.jumpTo(ELEVEN + 25 * HOUR);
        stream.pollUntil(ELEVEN + 25 * HOUR + MINUTE);
        assertEquals(null, stream.store(NodeNames.TIMELINES).get(bytes("u")));
        assertWritten();
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void isRemovedWhenItsUserIsErased_evenWithoutRememberedSessions(UserFrom userFrom) {
        stream.close();
        stream = new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), ELEVEN);
        stream.event("u", ELEVEN);
        stream.profiles();
        stream.pipe("u", null, ELEVEN);
        stream.pipe("u", null, ELEVEN);
        stream.pipe("never-seen", null, ELEVEN);
        assertWritten("u=null", "u=null", "never-seen=null");
    }

    @Test
    void hasTheTimeOfTheLastActivity() {
        stream.event("u", ELEVEN - 5 * HOUR, ELEVEN);
        assertEquals(ELEVEN - 5 * HOUR, stream.profiles().get(0).timestamp());
    }

    private void assertWritten(String... profiles) {
        List<String> written = stream.profiles().stream()
                .map(record -> text(record.key()) + "=" + text(record.value()))
                .toList();
        assertEquals(List.of(profiles), written);
    }

    /** @param openedAt time of the first event that was read */
    private static String profile(long openedAt, long start, long end, int events, String status) {
        return "u=" + value("u", StreamDriver.id("u", openedAt, 0), start, end, events, status);
    }

    private static String value(String user, SessionId id, long start, long end, int events, String status) {
        return "{\"identity\":\"" + user + "\",\"CT Session ID\":\"" + id
                + "\",\"Session Start\":" + start / 1000 + ",\"Last Activity\":" + end / 1000 + ",\"Event Count\":"
                + events + ",\"Status\":\"" + status + "\"}";
    }
}
