package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuarterHourTest {
    @Test
    void holdsTheTimesFromItsStartToTheNext() {
        long start = 1_468_321_200_000L;
        long quarterHour = QuarterHour.of(start);
        assertEquals(start, QuarterHour.start(quarterHour));
        assertEquals(quarterHour, QuarterHour.of(start + 15 * 60_000 - 1));
        assertEquals(quarterHour + 1, QuarterHour.of(start + 15 * 60_000));
        assertEquals(quarterHour - 1, QuarterHour.of(start - 1));
    }

    @Test
    void isNumberedFromTheEpoch() {
        assertEquals(0, QuarterHour.of(0));
        assertEquals(-1, QuarterHour.of(-1));
        assertEquals(4, QuarterHour.of(3_600_000));
    }
}
