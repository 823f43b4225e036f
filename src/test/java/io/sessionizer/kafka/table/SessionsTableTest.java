package io.sessionizer.kafka.table;

import static io.sessionizer.kafka.StreamDriver.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The row of a session is its latest conclusion, or null after it was merged into another session or erased. */
class SessionsTableTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final String TABLE = "sessions";

    private StreamDriver stream = driver(settings(UserFrom.KEY));

    @AfterEach
    void close() {
        stream.close();
    }

    private static SessionizerSettings settings(UserFrom userFrom) {
        return TestSettings.withSessionsTable(TestSettings.of(userFrom, Uncounted.DROP, Map.of()));
    }

    private static StreamDriver driver(SessionizerSettings settings) {
        return new StreamDriver(settings, ELEVEN);
    }

    private void restart(SessionizerSettings settings) {
        stream.close();
        stream = driver(settings);
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenOnceForEachConclusion(UserFrom userFrom) {
        restart(settings(userFrom));
        SessionId id = id("u", ELEVEN, 0);
        stream.event("u", ELEVEN);
        stream.event("u", ELEVEN + 1_500);
        assertWritten();
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        assertWritten(row(id, "u", ELEVEN, ELEVEN + 1_500, 2, 1));
        stream.event("u", ELEVEN - MINUTE, stream.wall());
        assertWritten();
        stream.pollUntil(ELEVEN + 44 * MINUTE);
        assertWritten(row(id, "u", ELEVEN - MINUTE, ELEVEN + 1_500, 3, 2));
    }

    @Test
    void isNullFromTheMerge_onWhetherOrNotTheSessionHadOne() {
        SessionId concluded = id("u", ELEVEN, 0);
        SessionId open = id("u", ELEVEN + 50 * MINUTE, 1);
        SessionId survivor = id("u", ELEVEN - 30 * MINUTE, 2);
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 49 * MINUTE);
        assertWritten(row(concluded, "u", ELEVEN, ELEVEN, 1, 1));
        stream.event("u", ELEVEN + 50 * MINUTE);
        stream.event("u", ELEVEN - 30 * MINUTE, stream.wall());
        assertWritten();
        stream.event("u", ELEVEN - 15 * MINUTE, stream.wall());
        assertWritten(concluded + "=null");
        stream.event("u", ELEVEN + 20 * MINUTE, stream.wall());
        stream.event("u", ELEVEN + 35 * MINUTE, stream.wall());
        assertWritten(open + "=null");
        stream.pollUntil(stream.wall() + 22 * MINUTE);
        assertWritten(row(survivor, "u", ELEVEN - 30 * MINUTE, ELEVEN + 50 * MINUTE, 6, 1));
    }

    @ParameterizedTest
    @EnumSource
    void isNullOfEachRememberedSession_whenTheUserIsErased(UserFrom userFrom) {
        restart(settings(userFrom));
        stream.event("u", ELEVEN - 2 * HOUR, ELEVEN);
        stream.event("other", ELEVEN);
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        assertEquals(2, written().size());
        stream.event("u", stream.wall());
        long opened = stream.wall();
        stream.pipe("u", null, stream.wall());
        assertWritten(id("u", ELEVEN - 2 * HOUR, 0) + "=null", id("u", opened, 2) + "=null");
        stream.pipe("u", null, stream.wall());
        assertWritten();
    }

    @Test
    void stays_whenTheSessionIsForgottenBeforeItsUserIsErased() {
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        assertEquals(1, written().size());
        stream.jumpTo(ELEVEN + 2 * DAY);
        stream.pollUntil(ELEVEN + 2 * DAY + MINUTE);
        stream.pipe("u", null, stream.wall());
        assertWritten();
    }

    @Test
    void isWritten_whenItsSessionIsEvicted() {
        SessionizerSettings base = settings(UserFrom.KEY);
        restart(new SessionizerSettings(
                base.input(), new SessionRules(20 * MINUTE, DAY, 1), base.clock(), base.topics(), base.runtime()));
        stream.event("u", ELEVEN - HOUR, ELEVEN);
        stream.event("u", ELEVEN);
        assertWritten(row(id("u", ELEVEN - HOUR, 0), "u", ELEVEN - HOUR, ELEVEN - HOUR, 1, 1));
    }

    @Test
    void hasTheUserInItsKey_whereIdsAreUniquePerUserAlone() {
        SessionizerSettings base = settings(UserFrom.KEY);
        InputSettings input = base.input();
        restart(new SessionizerSettings(
                new InputSettings(
                        input.userFrom(),
                        input.uncounted(),
                        FormatPreset.CLEVERTAP.format(Map.of("event.session.form", "epoch.seconds")),
                        true,
                        false),
                base.rules(),
                base.clock(),
                base.topics(),
                base.runtime()));
        stream.event("u", ELEVEN + 999);
        stream.event("other", ELEVEN + 999);
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        String id = Long.toString(ELEVEN / 1000);
        assertEquals(
                List.of("other|" + id, "u|" + id),
                stream.output(TABLE).stream()
                        .map(record -> text(record.key()))
                        .sorted()
                        .toList());
        stream.pipe("u", null, stream.wall());
        assertWritten("u|" + id + "=null");
    }

    @Test
    void carriesTheTimeOfTheLastEvent_orOfTheWriteWhereItsTopicRefusesThat() {
        TopicLimit aDay = new TopicLimit(1_000_000, DAY, HOUR, Long.MAX_VALUE);
        stream.close();
        stream =
                new StreamDriver(settings(UserFrom.KEY), ELEVEN, StreamDriver.limits(Map.of(TopicRole.SESSIONS, aDay)));
        stream.event("late", ELEVEN - HOUR, ELEVEN);
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        assertEquals(List.of(ELEVEN - HOUR), timestamps());
        stream.event("old", ELEVEN - 2 * DAY, stream.wall());
        stream.pollUntil(ELEVEN + 44 * MINUTE);
        List<Long> ofTheWrite = timestamps();
        assertEquals(1, ofTheWrite.size());
        assertFalse(ofTheWrite.get(0) < ELEVEN + 22 * MINUTE, ofTheWrite::toString);
        stream.pipe("late", null, stream.wall());
        assertEquals(List.of(stream.wall()), timestamps());
    }

    @Test
    void isNotWritten_whereTheTableIsOff() {
        restart(TestSettings.of(UserFrom.KEY, Uncounted.DROP, Map.of()));
        stream.event("u", ELEVEN);
        stream.pollUntil(ELEVEN + 22 * MINUTE);
        stream.pipe("u", null, stream.wall());
        assertEquals(1, stream.concluded().size());
        assertWritten();
    }

    private void assertWritten(String... rows) {
        assertEquals(List.of(rows), written());
    }

    private List<String> written() {
        return stream.output(TABLE).stream()
                .map(record -> text(record.key()) + "=" + text(record.value()))
                .toList();
    }

    private List<Long> timestamps() {
        return stream.output(TABLE).stream().map(TestRecord::timestamp).toList();
    }

    private static SessionId id(String user, long openedAt, long offset) {
        return StreamDriver.id(user, openedAt, offset);
    }

    private static String row(SessionId id, String user, long start, long end, int events, int revision) {
        return id + "={\"session_id\":\"" + id + "\",\"user_id\":\"" + user + "\",\"started_at\":" + start
                + ",\"ended_at\":" + end + ",\"length_s\":" + (end - start) / 1000 + ",\"event_count\":" + events
                + ",\"revision\":" + revision + "}";
    }
}
