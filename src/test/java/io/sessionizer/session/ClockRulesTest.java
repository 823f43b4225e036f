package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClockRulesTest {
    private static final long MINUTE = 60_000;
    private static final long GAP = 20 * MINUTE;
    private static final long ELEVEN = 1_468_321_200_000L;

    @Test
    void aRecordAdvancesTheClockToItsEventTime() {
        assertEquals(100, ClockRules.advancedBy(100, 200, 300));
        assertEquals(0, ClockRules.advancedBy(0, 200, 300));
    }

    @Test
    void noRecordAdvancesItPastItsOwnTimestampOrTheWallClock() {
        assertEquals(200, ClockRules.advancedBy(250, 200, 300));
        assertEquals(300, ClockRules.advancedBy(400, 400, 300));
        assertEquals(0, ClockRules.advancedBy(100, 0, 300));
    }

    @Test
    void aRecordWithoutATimestampIsBoundedByTheWallClockAlone() {
        assertEquals(100, ClockRules.advancedBy(100, -1, 300));
        assertEquals(300, ClockRules.advancedBy(400, -1, 300));
    }

    @Test
    void anEventWhoseTimeCannotBeReadAdvancesNothing() {
        assertEquals(ClockRules.NONE, ClockRules.advancedBy(Long.MIN_VALUE, 200, 300));
        assertEquals(ClockRules.NONE, ClockRules.advancedBy(Long.MIN_VALUE, -1, 300));
    }

    @Test
    void aLiveClockFollowsAtOnce() {
        assertEquals(OptionalLong.of(ELEVEN + 1), ClockRules.followed(ELEVEN, ELEVEN + 1, GAP, false));
        assertEquals(OptionalLong.of(ELEVEN + GAP - 1), ClockRules.followed(ELEVEN, ELEVEN + GAP - 1, GAP, false));
    }

    @Test
    void aClockThatIsAGapBehindFollowsOnlyWhenItIsQuiet() {
        assertEquals(OptionalLong.empty(), ClockRules.followed(ELEVEN, ELEVEN + GAP, GAP, false));
        assertEquals(OptionalLong.of(ELEVEN + GAP), ClockRules.followed(ELEVEN, ELEVEN + GAP, GAP, true));
    }

    @Test
    void aClockThatNoRecordHasMovedFollowsOnlyWhenItIsQuiet() {
        assertEquals(OptionalLong.empty(), ClockRules.followed(ClockRules.NONE, 5, GAP, false));
        assertEquals(OptionalLong.of(ELEVEN), ClockRules.followed(ClockRules.NONE, ELEVEN, GAP, true));
    }

    @Test
    void neverFollowsBackwards() {
        assertEquals(OptionalLong.empty(), ClockRules.followed(ELEVEN, ELEVEN, GAP, true));
        assertEquals(OptionalLong.empty(), ClockRules.followed(ELEVEN, ELEVEN - 1, GAP, true));
    }

    @Test
    void isAheadByMoreThanAMinute() {
        assertFalse(ClockRules.isAhead(ELEVEN + MINUTE, ELEVEN));
        assertTrue(ClockRules.isAhead(ELEVEN + MINUTE + 1, ELEVEN));
        assertFalse(ClockRules.isAhead(ClockRules.NONE, ELEVEN));
    }
}
