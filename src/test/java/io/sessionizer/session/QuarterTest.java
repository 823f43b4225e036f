package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuarterTest {
    @Test
    void holdsTheTimesFromItsStartToTheNext() {
        long start = 1_468_321_200_000L;
        long quarter = Quarter.of(start);
        assertEquals(start, Quarter.start(quarter));
        assertEquals(quarter, Quarter.of(start + 15 * 60_000 - 1));
        assertEquals(quarter + 1, Quarter.of(start + 15 * 60_000));
        assertEquals(quarter - 1, Quarter.of(start - 1));
    }

    @Test
    void isNumberedFromTheEpoch() {
        assertEquals(0, Quarter.of(0));
        assertEquals(-1, Quarter.of(-1));
        assertEquals(4, Quarter.of(3_600_000));
    }
}
