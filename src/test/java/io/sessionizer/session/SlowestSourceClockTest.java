package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SlowestSourceClockTest {

    @Test
    void doesNotAdvanceUntilEverySourceHasReported() {
        SlowestSourceClock clocks = new SlowestSourceClock(3, ClockRules.NONE);
        assertEquals(ClockRules.NONE, clocks.advance(0, 100));
        assertEquals(ClockRules.NONE, clocks.advance(2, 300));
        assertEquals(ClockRules.NONE, clocks.advance(2, 400));
        assertEquals(50, clocks.advance(1, 50));
    }

    @Test
    void isThatOfTheSlowestSource() {
        SlowestSourceClock clocks = new SlowestSourceClock(2, ClockRules.NONE);
        clocks.advance(0, 100);
        assertEquals(100, clocks.advance(1, 700));
        assertEquals(500, clocks.advance(0, 500));
        assertEquals(700, clocks.advance(0, 900));
    }

    @Test
    void neverRunsBackwards() {
        SlowestSourceClock clocks = new SlowestSourceClock(1, ClockRules.NONE);
        clocks.advance(0, 500);
        assertEquals(500, clocks.advance(0, 400));
        assertEquals(500, clocks.advance(0, ClockRules.NONE));
    }

    @Test
    void resumesFromItsLastTime() {
        SlowestSourceClock clocks = new SlowestSourceClock(2, 1000);
        assertEquals(1000, clocks.advance(0, 900));
        assertEquals(1000, clocks.advance(0, 1500));
        assertEquals(1200, clocks.advance(1, 1200));
    }

    @Test
    void ignoresASourceWithoutAClock() {
        SlowestSourceClock clocks = new SlowestSourceClock(1, 10);
        assertEquals(10, clocks.advance(1, 5000));
        assertEquals(10, clocks.advance(-1, 5000));
        assertEquals(20, clocks.advance(0, 20));
    }

    @Test
    void requiresAtLeastOneSource() {
        assertThrows(IllegalArgumentException.class, () -> new SlowestSourceClock(0, ClockRules.NONE));
    }
}
