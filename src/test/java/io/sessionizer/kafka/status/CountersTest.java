package io.sessionizer.kafka.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.kafka.StreamDriver;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.stats.OpenCounts;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountersTest {
    private static final long MINUTE = TestSettings.MINUTE;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();

    private static StreamDriver driver(UserFrom userFrom) {
        return new StreamDriver(TestSettings.of(userFrom, Uncounted.DROP, Map.of()), ELEVEN);
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void countInputByResult(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN);
            stream.event("u", ELEVEN);
            stream.pipe("u", "{\"evtName\":\"UTM Visited\",\"type\":\"profile\"}", ELEVEN);
            stream.pipe("u", "{\"identity\":\"u\",\"evtName\":\"a\",\"type\":\"profile\"}", ELEVEN);
            stream.pipe("u", "{\"evtName\":\"a\",\"evtData\":{\"CT Source\":\"API\"}}", ELEVEN);
            stream.pipe("u", "{", ELEVEN);
            stream.pipe("u", "{\"identity\":\"u\"}", ELEVEN);
            stream.pipe("u", "}", ELEVEN);
            stream.pipe("u", null, ELEVEN);
            stream.event("u", ELEVEN + 6 * MINUTE, ELEVEN);
            assertCounts(
                    stream,
                    Map.of(
                            Count.EVENTS_COUNTED, 2L,
                            Count.EVENTS_EXCLUDED, 1L,
                            Count.EVENTS_UNTRACKED, 2L,
                            Count.SESSIONS_OPENED, 1L,
                            Count.USERS_ERASED, 1L));
            assertEquals(2, stream.counters().deadLettered(RejectionReason.MALFORMED_JSON));
            assertEquals(1, stream.counters().deadLettered(RejectionReason.NO_EVENT_NAME));
            assertEquals(1, stream.counters().deadLettered(RejectionReason.FUTURE_TIMESTAMP));
            assertEquals(0, stream.counters().deadLettered(RejectionReason.TOO_LARGE));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void countSessionsByOutcome(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("u", ELEVEN - 60 * MINUTE, ELEVEN - 60 * MINUTE);
            // concludes the one before, by its own time
            stream.event("u", ELEVEN, ELEVEN);
            stream.event("late", ELEVEN - 20 * MINUTE, ELEVEN);
            stream.event("late", ELEVEN - 20 * MINUTE - 1, ELEVEN);
            // amends the first, and joins two into one
            stream.event("u", ELEVEN - 40 * MINUTE, ELEVEN);
            stream.event("u", ELEVEN - 20 * MINUTE, ELEVEN);
            stream.pollUntil(ELEVEN + 22 * MINUTE);
            assertCounts(
                    stream,
                    Map.of(
                            Count.EVENTS_COUNTED, 6L,
                            Count.EVENTS_LATE, 2L,
                            Count.SESSIONS_OPENED, 3L,
                            Count.SESSIONS_CONCLUDED_BY_EVENT_TIME, 1L,
                            Count.SESSIONS_AMENDED, 1L,
                            Count.SESSIONS_MERGED, 1L,
                            Count.SESSIONS_CONCLUDED_BY_WALL_CLOCK, 2L));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void countSessionsOfUsersWhoHaveAsManyAsAreRemembered(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            int most = TestSettings.RULES.maxSessions();
            for (int session = 0; session < most - 1; session++) {
                stream.event("u", ELEVEN - session * 21 * MINUTE, ELEVEN);
            }
            assertEquals(0, stream.counters().value(Count.SESSIONS_OPENED_AT_LIMIT));
            stream.event("u", ELEVEN - most * 21 * MINUTE, ELEVEN);
            stream.event("u", ELEVEN - 2 * most * 21 * MINUTE, ELEVEN);
            assertEquals(2, stream.counters().value(Count.SESSIONS_OPENED_AT_LIMIT));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void reportTheEventTimeClock_onceThePartitionIsNoLongerIdle(UserFrom userFrom) {
        try (StreamDriver stream = driver(userFrom)) {
            stream.event("a", ELEVEN);
            stream.pollUntil(ELEVEN + 10 * MINUTE);
            stream.event("b", ELEVEN + 10 * MINUTE);
            stream.jumpTo(ELEVEN + 25 * MINUTE);
            stream.event("b", ELEVEN + 25 * MINUTE);
            stream.pollUntil(stream.wall() + 2_000);
            assertEquals(1, stream.counters().value(Count.SESSIONS_CONCLUDED_BY_EVENT_TIME));
            assertEquals(0, stream.counters().value(Count.SESSIONS_CONCLUDED_BY_WALL_CLOCK));
        }
    }

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void reportThePartitionStatus_whileThePartitionIsAssigned(UserFrom userFrom) {
        StreamDriver stream = driver(userFrom);
        assertEquals(
                List.of(new PartitionStatus(0, Optional.of(OpenCounts.NONE), -1, OptionalLong.empty())),
                partitions(stream));
        stream.event("a", ELEVEN);
        stream.event("a", ELEVEN - 30 * MINUTE, ELEVEN);
        stream.event("b", ELEVEN - MINUTE, ELEVEN);
        stream.caughtUp(false);
        stream.pollUntil(ELEVEN + 2_000);
        assertEquals(
                List.of(new PartitionStatus(0, Optional.of(new OpenCounts(2, 3)), ELEVEN, OptionalLong.empty())),
                partitions(stream));
        stream.close();
        assertEquals(List.of(), partitions(stream));
    }

    private static List<PartitionStatus> partitions(StreamDriver stream) {
        return stream.counters().partitions();
    }

    private static void assertCounts(StreamDriver stream, Map<Count, Long> expected) {
        Map<Count, Long> found = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            if (stream.counters().value(count) != 0) {
                found.put(count, stream.counters().value(count));
            }
        }
        assertEquals(new EnumMap<>(expected), found);
    }
}
