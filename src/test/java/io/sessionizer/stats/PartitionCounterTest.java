package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sessionizer.session.Published;
import io.sessionizer.session.SessionRules;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of what counts where by an example: a gap of 20 minutes, sessions remembered for 24 hours. */
class PartitionCounterTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long ELEVEN = Instant.parse("2016-07-12T11:00:00Z").toEpochMilli();
    private static final SessionRules RULES = new SessionRules(20 * MINUTE, DAY, 1000);

    private final CountedPartition partition = new CountedPartition(RULES);

    @Test
    void countsASessionInTheQuarterHourOfItsLastActivity_onceItHasConcluded() {
        partition.event("u", ELEVEN + 14 * MINUTE);
        partition.event("u", ELEVEN + 15 * MINUTE);
        assertEquals(0, partition.sessions(ELEVEN + 15 * MINUTE).sessions());
        partition.clock(ELEVEN + HOUR);
        assertEquals(0, partition.sessions(ELEVEN).sessions());
        assertEquals(counted(MINUTE, 2), partition.sessions(ELEVEN + 15 * MINUTE));
    }

    @Test
    void countsAnAmendedSessionInTheQuarterHourOfItsNewEnd_alone() {
        partition.event("u", ELEVEN + 14 * MINUTE);
        partition.clock(ELEVEN + HOUR);
        assertEquals(counted(0, 1), partition.sessions(ELEVEN));
        partition.event("u", ELEVEN + 16 * MINUTE);
        assertEquals(counted(0, 1), partition.sessions(ELEVEN), "until it concludes again");
        partition.clock(ELEVEN + 2 * HOUR);
        assertEquals(new SessionStats(), partition.sessions(ELEVEN));
        assertEquals(counted(2 * MINUTE, 2), partition.sessions(ELEVEN + 15 * MINUTE));
    }

    @Test
    void countsMergedSessionsOnce() {
        partition.event("u", ELEVEN);
        partition.event("u", ELEVEN + 30 * MINUTE);
        partition.clock(ELEVEN + HOUR);
        partition.event("u", ELEVEN + 15 * MINUTE);
        partition.clock(ELEVEN + 2 * HOUR);
        assertEquals(new SessionStats(), partition.sessions(ELEVEN));
        assertEquals(counted(30 * MINUTE, 3), partition.sessions(ELEVEN + 30 * MINUTE));
    }

    @Test
    void countsUsersWhenTheyBecomeActive_andWhenTheirLastSessionIsDue() {
        partition.event("a", ELEVEN);
        partition.event("b", ELEVEN);
        partition.event("b", ELEVEN - HOUR);
        partition.event("c", ELEVEN);
        partition.clock(ELEVEN + 16 * MINUTE);
        partition.event("b", ELEVEN + 16 * MINUTE);
        partition.event("d", ELEVEN + 16 * MINUTE);
        assertEquals(new OpenCounts(4, 5), partition.open());
        partition.erase("c");
        assertEquals(new OpenCounts(3, 4), partition.open());
        partition.clock(ELEVEN + HOUR);
        assertEquals(OpenCounts.NONE, partition.open());
        assertEquals(List.of(3L, 0L), partition.activity(ELEVEN));
        assertEquals(List.of(1L, 2L), partition.activity(ELEVEN + 15 * MINUTE), "c is erased, a is due");
        assertEquals(List.of(0L, 2L), partition.activity(ELEVEN + 30 * MINUTE));
    }

    @Test
    void makesAUserInactiveThenActive_whenAnEventConcludesWhatWasDueAndOpensTheNextSession() {
        partition.event("u", ELEVEN);
        partition.event("u", ELEVEN + HOUR);
        assertEquals(List.of(1L, 0L), partition.activity(ELEVEN));
        assertEquals(List.of(0L, 1L), partition.activity(ELEVEN + 15 * MINUTE), "due at 11:20");
        assertEquals(List.of(1L, 0L), partition.activity(ELEVEN + HOUR));
        assertEquals(new OpenCounts(1, 1), partition.open());
    }

    @Test
    void usesTheEventTime_untilThereIsAClock() {
        partition.eventWithoutClock("a", ELEVEN);
        partition.eventWithoutClock("b", ELEVEN);
        partition.eventWithoutClock("c", ELEVEN + 15 * MINUTE);
        partition.erase("b");
        assertEquals(List.of(2L, 1L), partition.activity(ELEVEN));
        assertEquals(List.of(1L, 0L), partition.activity(ELEVEN + 15 * MINUTE));
        assertEquals(2, partition.rows().size());
    }

    @Test
    void forgetsWhatAnErasedUserHad() {
        partition.event("u", ELEVEN);
        partition.clock(ELEVEN + HOUR);
        partition.event("u", ELEVEN + HOUR);
        partition.erase("u");
        assertEquals(new SessionStats(), partition.sessions(ELEVEN));
        assertEquals(OpenCounts.NONE, partition.open());
        assertEquals(List.of(1L, 1L), partition.activity(ELEVEN + HOUR));
    }

    @Test
    void countsTimelinesThatAreOlderThanTheStatistics() {
        partition.event("u", ELEVEN);
        partition.clock(ELEVEN + HOUR);
        partition.event("u", ELEVEN + HOUR);
        partition.event("v", ELEVEN + HOUR);
        CountedPartition restarted = partition.withoutStats();
        assertEquals(counted(0, 1), restarted.sessions(ELEVEN));
        assertEquals(new OpenCounts(2, 2), restarted.open());
        assertEquals(List.of(0L, 0L), restarted.activity(ELEVEN));
        assertEquals(List.of(2L, 0L), restarted.activity(ELEVEN + HOUR));
    }

    @Test
    void keepsQuarterHoursFor32DaysOfTheClock() {
        long quarterHour = QuarterHour.of(ELEVEN);
        assertEquals(quarterHour, PartitionCounter.earliestKept(ELEVEN + 32 * DAY));
        assertEquals(quarterHour, PartitionCounter.earliestKept(ELEVEN + 32 * DAY + 15 * MINUTE - 1));
        assertEquals(quarterHour + 1, PartitionCounter.earliestKept(ELEVEN + 32 * DAY + 15 * MINUTE));
        assertEquals(-1 - 32 * 96, PartitionCounter.earliestKept(-1));
    }

    @Test
    void neitherCountsNorRemovesWhatIsNotKept() {
        CountedPartition remembering = new CountedPartition(new SessionRules(20 * MINUTE, 100 * DAY, 1000));
        remembering.event("u", ELEVEN);
        remembering.clock(ELEVEN + HOUR);
        remembering.event("v", ELEVEN + 40 * DAY);
        remembering.event("late", ELEVEN);
        remembering.clock(ELEVEN + 41 * DAY);
        remembering.erase("u");
        assertEquals(counted(0, 1), remembering.sessions(ELEVEN), "as it was when it expired");
    }

    @Test
    void doesNotCountAUserWhoBecameInactiveBeforeWhatIsKept() {
        partition.event("u", ELEVEN);
        partition.clock(ELEVEN + 33 * DAY);
        assertEquals(List.of(1L, 0L), partition.activity(ELEVEN));
        assertFalse(partition.rows().containsKey(QuarterHour.of(ELEVEN + 20 * MINUTE)));
        assertEquals(OpenCounts.NONE, partition.open());
    }

    private static SessionStats counted(long lengthMs, int events) {
        SessionStats stats = new SessionStats();
        stats.count(new Published(0, lengthMs, events));
        return stats;
    }
}
