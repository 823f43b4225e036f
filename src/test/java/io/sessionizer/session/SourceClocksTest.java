package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceClocksTest {
    private static final long MINUTE = 60_000;
    private static final long STALLED_AFTER = 15 * MINUTE;
    private static final long NOON = 1_468_324_800_000L;
    private static final long LATER = NOON + 60 * MINUTE;

    @Test
    void hasNoClockUntilEverySourceHasReported() {
        SourceClocks clocks = new SourceClocks(3, ClockRules.NONE, STALLED_AFTER);
        clocks.reported(0, NOON);
        clocks.reported(2, NOON);
        assertEquals(ClockRules.NONE, clocks.smallest(LATER));
        clocks.reported(1, ClockRules.NONE);
        assertEquals(ClockRules.NONE, clocks.smallest(LATER));
        clocks.reported(1, NOON - 5);
        assertEquals(NOON - 5, clocks.smallest(LATER));
    }

    @Test
    void isThatOfTheSlowestSource() {
        SourceClocks clocks = reportedAt(NOON, NOON + 700);
        assertEquals(NOON, clocks.smallest(LATER));
        clocks.reported(0, NOON + 900);
        assertEquals(NOON + 700, clocks.smallest(LATER));
    }

    @Test
    void noSourceCountsAsLaterThanTheWallClock() {
        assertEquals(NOON, reportedAt(NOON + 5, NOON + 9).smallest(NOON));
    }

    @Test
    void aStalledSourceIsLeftOut() {
        SourceClocks clocks = reportedAt(NOON, NOON);
        clocks.live(STALLED_AFTER - 1);
        clocks.reported(1, NOON + 15 * MINUTE);
        assertEquals(NOON, clocks.smallest(LATER));
        clocks.live(1);
        assertEquals(List.of(0), clocks.leftOut());
        assertEquals(NOON + 15 * MINUTE, clocks.smallest(LATER));
    }

    @Test
    void aSourceThatReportsIsNotStalled() {
        SourceClocks clocks = reportedAt(NOON, NOON);
        for (int minute = 0; minute < 60; minute++) {
            clocks.live(MINUTE);
            clocks.reported(0, NOON);
            clocks.reported(1, NOON + minute * MINUTE);
        }
        assertEquals(NOON, clocks.smallest(LATER));
    }

    @Test
    void isLeftOutUntilItIsAMinuteBehindTheOthers() {
        SourceClocks clocks = reportedAt(NOON, NOON);
        clocks.live(STALLED_AFTER);
        clocks.reported(1, LATER);
        clocks.reported(0, NOON + MINUTE);
        clocks.reported(0, LATER - MINUTE - 1);
        assertEquals(LATER, clocks.smallest(LATER));
        clocks.reported(0, LATER - MINUTE);
        assertEquals(List.of(), clocks.leftOut());
        assertEquals(LATER - MINUTE, clocks.smallest(LATER));
    }

    @Test
    void isNotLeftOut_ifAllAre() {
        SourceClocks clocks = reportedAt(NOON, NOON + 5);
        clocks.live(STALLED_AFTER);
        assertEquals(List.of(0, 1), clocks.leftOut());
        assertEquals(NOON, clocks.smallest(LATER));
    }

    @Test
    void isLeftOutAfterAMove_ifThePartitionsClockIsPastIt() {
        SourceClocks clocks = new SourceClocks(2, LATER, STALLED_AFTER);
        clocks.reported(0, NOON);
        assertEquals(ClockRules.NONE, clocks.smallest(LATER + MINUTE));
        clocks.reported(1, LATER);
        assertEquals(LATER, clocks.smallest(LATER + MINUTE));
        assertEquals(List.of(0), clocks.leftOut());
        clocks.live(1);
        assertEquals(List.of(0), clocks.leftOut());
    }

    @Test
    void isNotLeftOutAfterAMove_ifItIsAMinuteBehindThePartitionsClock() {
        SourceClocks clocks = new SourceClocks(2, NOON, STALLED_AFTER);
        clocks.reported(1, LATER);
        clocks.reported(0, NOON - MINUTE);
        assertEquals(NOON - MINUTE, clocks.smallest(LATER));
    }

    @Test
    void staysLeftOut_whileItIsBehindThePartitionsClockAndAllOthersAreLeftOut() {
        SourceClocks clocks = new SourceClocks(2, NOON, STALLED_AFTER);
        clocks.live(STALLED_AFTER);
        clocks.reported(0, NOON - MINUTE - 1);
        assertEquals(List.of(0, 1), clocks.leftOut());
        clocks.reported(0, NOON - MINUTE);
        assertEquals(List.of(1), clocks.leftOut());
    }

    /** Two partitions whose leader was away come back one after the other. */
    @Test
    void isComparedToTheSourcesThatAreNotLeftOut() {
        SourceClocks clocks = new SourceClocks(3, ClockRules.NONE, STALLED_AFTER);
        clocks.reported(0, NOON);
        clocks.reported(1, NOON);
        clocks.live(STALLED_AFTER);
        clocks.reported(2, LATER);
        clocks.reported(1, NOON + MINUTE);
        assertEquals(List.of(0, 1), clocks.leftOut());
    }

    @Test
    void aSourceThatNeverReportsAfterAMoveIsStalledInTheEnd() {
        SourceClocks clocks = new SourceClocks(2, NOON, STALLED_AFTER);
        clocks.reported(1, NOON);
        assertEquals(ClockRules.NONE, clocks.smallest(LATER));
        clocks.live(STALLED_AFTER);
        clocks.reported(1, NOON + 16 * MINUTE);
        assertEquals(NOON + 16 * MINUTE, clocks.smallest(LATER));
    }

    @Test
    void forgetsWhatIsAheadOfTheWallClock() {
        SourceClocks clocks = reportedAt(LATER, LATER);
        clocks.limitTo(NOON);
        assertEquals(NOON, clocks.smallest(LATER));
    }

    @Test
    void findsWhichSourceHoldsBackTheOthers() {
        assertEquals(Optional.empty(), new SourceClocks(2, NOON, STALLED_AFTER).heldBack());
        assertEquals(Optional.empty(), reportedAt(NOON, NOON).heldBack());
        assertEquals(
                Optional.of(new SourceClocks.HeldBack(1, 60 * MINUTE)),
                reportedAt(LATER, NOON).heldBack());
        SourceClocks clocks = new SourceClocks(3, NOON, STALLED_AFTER);
        clocks.reported(0, LATER);
        assertEquals(Optional.empty(), clocks.heldBack(), "the others are not known yet");
        clocks.reported(1, NOON);
        clocks.reported(2, NOON);
        assertEquals(Optional.of(new SourceClocks.HeldBack(1, 60 * MINUTE)), clocks.heldBack(), "the first of equals");
        clocks.live(STALLED_AFTER);
        clocks.reported(0, LATER);
        assertEquals(Optional.empty(), clocks.heldBack(), "what is left out holds back nothing");
    }

    @Test
    void ignoresASourceThatTheInputDoesNotHave() {
        SourceClocks clocks = reportedAt(NOON, NOON);
        clocks.reported(2, 5);
        clocks.reported(-1, 5);
        assertEquals(NOON, clocks.smallest(LATER));
    }

    @Test
    void requiresAtLeastOneSource() {
        assertThrows(IllegalArgumentException.class, () -> new SourceClocks(0, NOON, STALLED_AFTER));
    }

    private static SourceClocks reportedAt(long first, long second) {
        SourceClocks clocks = new SourceClocks(2, ClockRules.NONE, STALLED_AFTER);
        clocks.reported(0, first);
        clocks.reported(1, second);
        return clocks;
    }
}
