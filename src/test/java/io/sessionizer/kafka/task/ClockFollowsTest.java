package io.sessionizer.kafka.task;

import static io.sessionizer.kafka.StreamDriver.text;
import static io.sessionizer.kafka.TestSettings.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.InputStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may not delay another user's session, and what may not conclude one early, wherever the user comes from. */
class ClockFollowsTest {
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final long SECOND = 1_000;
    private static final long GAP = 20 * MINUTE;
    private static final String VICTIM = "victim";

    private static StreamDriver driver(UserFrom userFrom) {
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), ELEVEN);
    }

    /** Something that comes in once a second. */
    private interface Noise {
        void at(StreamDriver stream, long wall);
    }

    private static void assertDelaysNothing(UserFrom userFrom, Noise noise) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event(VICTIM, ELEVEN);
            for (long at = ELEVEN + SECOND; at <= ELEVEN + GAP; at += SECOND) {
                noise.at(stream, at);
                stream.pollUntil(at);
            }
            assertEquals(0, concluded(stream, VICTIM));
            for (long at = ELEVEN + GAP + SECOND; at <= ELEVEN + GAP + 2 * SECOND; at += SECOND) {
                noise.at(stream, at);
                stream.pollUntil(at);
            }
            assertEquals(1, concluded(stream, VICTIM));
        }
    }

    private static long concluded(StreamDriver stream, String user) {
        List<TestRecord<byte[], byte[]>> concluded = stream.concluded();
        return concluded.stream().filter(each -> text(each.key()).equals(user)).count();
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void brokenRecordsDelayNothing(UserFrom userFrom) {
        assertDelaysNothing(userFrom, (stream, wall) -> stream.pipe("broken", "{", wall));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void erasuresDelayNothing(UserFrom userFrom) {
        assertDelaysNothing(userFrom, (stream, wall) -> stream.pipe("gone", null, wall));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void eventsFromTheFutureDelayNothing(UserFrom userFrom) {
        assertDelaysNothing(userFrom, (stream, wall) -> stream.event("ahead", wall + 10 * MINUTE, wall));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void uncountedEventsWithoutAReadableTimeDelayNothing(UserFrom userFrom) {
        assertDelaysNothing(
                userFrom,
                (stream, wall) -> stream.pipe("u", "{\"evtName\":\"App Installed\",\"ts\":\"yesterday\"}", wall));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aPhoneThatUploadsYesterdayDelaysNothing(UserFrom userFrom) {
        assertDelaysNothing(userFrom, (stream, wall) -> stream.event("phone", wall - 24 * 60 * MINUTE, wall));
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void sparseTrafficDelaysNothing(UserFrom userFrom) {
        assertDelaysNothing(userFrom, (stream, wall) -> {
            if ((wall - ELEVEN) % (25 * SECOND) == 0) {
                stream.event("sparse", wall);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void oneAnswerIn25ThatDoesNotComeDelaysNothing(UserFrom userFrom) {
        assertDelaysNothing(userFrom, (stream, wall) -> stream.caughtUp((wall - ELEVEN) % (25 * SECOND) != 0));
    }

    /** At a pace far below the service's own: an hour of events, one each 20 s, is loaded in 20 minutes. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aHistoryIsNotTakenForLive_whileItKeepsComing(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            long start = ELEVEN - 30 * 24 * 60 * MINUTE;
            for (int i = 0; i < 60; i++) {
                stream.event("u", start + i * MINUTE, ELEVEN);
                stream.pollUntil(stream.wall() + 20 * SECOND);
            }
            assertEquals(0, concluded(stream, "u"));
            assertEquals(start + 59 * MINUTE, input(stream).clock());
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aHistoryThatStopsIsFollowedByTheWallClock(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN - 60 * MINUTE, ELEVEN);
            stream.pollUntil(ELEVEN + 29 * SECOND);
            assertEquals(0, concluded(stream, "u"));
            stream.pollUntil(ELEVEN + 32 * SECOND);
            assertEquals(1, concluded(stream, "u"));
        }
    }

    /** A service that starts on an empty topic, which a history is loaded into later. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void anEmptyPartitionFollowsOnlyWhenItWasQuiet(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.pollUntil(ELEVEN + 29 * SECOND);
            assertEquals(-1, input(stream).clock());
            stream.event("u", ELEVEN - 60 * MINUTE, ELEVEN);
            stream.pollUntil(ELEVEN + 50 * SECOND);
            assertEquals(ELEVEN - 60 * MINUTE, input(stream).clock());
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aPartitionThatDoesNotAnswerConcludesNothing_andIsNamedAsStalled(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event(VICTIM, ELEVEN);
            stream.pollUntil(ELEVEN + MINUTE);
            stream.caughtUp(false);
            stream.pollUntil(ELEVEN + 15 * MINUTE);
            assertEquals(false, input(stream).isStalled());
            stream.pollUntil(ELEVEN + 60 * MINUTE);
            assertEquals(0, concluded(stream, VICTIM));
            assertEquals(true, input(stream).isStalled());
            stream.caughtUp(true);
            stream.pollUntil(ELEVEN + 61 * MINUTE);
            assertEquals(1, concluded(stream, VICTIM));
            assertEquals(false, input(stream).isStalled());
        }
    }

    /** The wall clock jumps ahead by an hour; what had become quiet concludes, and it is set back. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aWallClockSteppedForwardAndBackSilencesNothing(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("first", ELEVEN);
            stream.pollUntil(ELEVEN + MINUTE);
            stream.setWall(ELEVEN + 60 * MINUTE);
            stream.pollUntil(ELEVEN + 62 * MINUTE);
            assertEquals(1, concluded(stream, "first"));
            stream.event("second", ELEVEN + 3 * MINUTE, ELEVEN + 3 * MINUTE);
            stream.setWall(ELEVEN + 3 * MINUTE);
            stream.pollUntil(ELEVEN + 4 * MINUTE);
            assertEquals(ELEVEN + 4 * MINUTE, input(stream).clock());
            stream.event("third", ELEVEN + 4 * MINUTE);
            // what arrived while the clock was ahead counts as arrived when it was set back
            stream.pollUntil(ELEVEN + 23 * MINUTE);
            assertEquals(0, concluded(stream, "second"));
            stream.pollUntil(ELEVEN + 23 * MINUTE + 4 * SECOND);
            assertEquals(1, concluded(stream, "second"));
            stream.pollUntil(ELEVEN + 24 * MINUTE + 2 * SECOND);
            assertEquals(1, concluded(stream, "third"));
        }
    }

    /** After a step back of ten minutes sessions conclude 20 minutes after it, not 30. */
    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void aWallClockSteppedBackDelaysNothingByMoreThanTheStep(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN);
            stream.pollUntil(ELEVEN + 15 * MINUTE);
            stream.setWall(ELEVEN + 5 * MINUTE);
            stream.event("v", ELEVEN + 5 * MINUTE);
            stream.pollUntil(ELEVEN + 20 * MINUTE + 2 * SECOND);
            assertEquals(1, concluded(stream, "u"));
            stream.pollUntil(ELEVEN + 25 * MINUTE + 3 * SECOND);
            assertEquals(1, concluded(stream, "v"));
        }
    }

    private static InputStatus input(StreamDriver stream) {
        stream.pollUntil(stream.wall() + 1);
        return stream.counters().inputs().get(0);
    }
}
