package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SourceClocksTest {

    @Test
    void doesNotAdvanceUntilEverySourceHasReported() {
        SourceClocks clocks = new SourceClocks(3, ClockRules.NONE);
        assertEquals(ClockRules.NONE, clocks.advance(0, 100));
        assertEquals(ClockRules.NONE, clocks.advance(2, 300));
        assertEquals(ClockRules.NONE, clocks.advance(2, 400));
        assertEquals(50, clocks.advance(1, 50));
    }

    @Test
    void isThatOfTheSlowestSource() {
        SourceClocks clocks = new SourceClocks(2, ClockRules.NONE);
        clocks.advance(0, 100);
        assertEquals(100, clocks.advance(1, 700));
        assertEquals(500, clocks.advance(0, 500));
        assertEquals(700, clocks.advance(0, 900));
    }

    @Test
    void neverRunsBackwards() {
        SourceClocks clocks = new SourceClocks(1, ClockRules.NONE);
        clocks.advance(0, 500);
        assertEquals(500, clocks.advance(0, 400));
        assertEquals(500, clocks.advance(0, ClockRules.NONE));
    }

    @Test
    void resumesFromItsLastTime() {
        SourceClocks clocks = new SourceClocks(2, 1000);
        assertEquals(1000, clocks.advance(0, 900));
        assertEquals(1000, clocks.advance(0, 1500));
        assertEquals(1200, clocks.advance(1, 1200));
    }

    @Test
    void ignoresASourceWithoutAClock() {
        SourceClocks clocks = new SourceClocks(1, 10);
        assertEquals(10, clocks.advance(1, 5000));
        assertEquals(10, clocks.advance(-1, 5000));
        assertEquals(20, clocks.advance(0, 20));
    }

    @Test
    void requiresAtLeastOneSource() {
        assertThrows(IllegalArgumentException.class, () -> new SourceClocks(0, ClockRules.NONE));
    }
}
