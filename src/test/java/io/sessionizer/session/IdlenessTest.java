package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IdlenessTest {
    private static final long WALL = 1_468_308_340_000L;

    @Test
    void countsTimePolledWithoutARecord() {
        Idleness idleness = Idleness.startingAt(WALL);
        for (int second = 1; second <= 29; second++) {
            idleness = idleness.next(WALL + second * 1000L, false);
        }
        assertFalse(idleness.hasLasted(30_000));
        assertTrue(idleness.next(WALL + 30_000, false).hasLasted(30_000));
        assertFalse(idleness.next(WALL + 29_999, false).hasLasted(30_000));
    }

    @Test
    void startsAgainAfterARecord() {
        Idleness idleness = idleFor(10_000).next(WALL + 11_000, true);
        assertEquals(new Idleness(WALL + 11_000, 0), idleness);
        assertEquals(1000, idleness.next(WALL + 12_000, false).polledMs());
    }

    @Test
    void startsAgainAfterAPause() {
        Idleness idleness = idleFor(10_000);
        long longest = WALL + 10_000 + Idleness.LONGEST_TICK_MS;
        assertEquals(15_000, idleness.next(longest, false).polledMs());
        assertEquals(0, idleness.next(longest + 1, false).polledMs());
    }

    @Test
    void aPauseOfAnHourIsNotIdleness() {
        Idleness idleness = idleFor(29_000).next(WALL + 3_600_000, false);
        assertFalse(idleness.hasLasted(1));
        assertEquals(1000, idleness.next(WALL + 3_601_000, false).polledMs());
    }

    @Test
    void startsAgainWhenTheWallClockStepsBack() {
        Idleness idleness = idleFor(10_000).next(WALL + 9_999, false);
        assertEquals(new Idleness(WALL + 9_999, 0), idleness);
    }

    @Test
    void twoTicksAtTheSameTimeCountNothing() {
        assertEquals(idleFor(10_000), idleFor(10_000).next(WALL + 10_000, false));
    }

    private static Idleness idleFor(long ms) {
        Idleness idleness = Idleness.startingAt(WALL);
        for (long wall = WALL + 1000; wall <= WALL + ms; wall += 1000) {
            idleness = idleness.next(wall, false);
        }
        return idleness;
    }
}
