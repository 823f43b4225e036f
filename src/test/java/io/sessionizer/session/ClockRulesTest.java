package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClockRulesTest {

    @Test
    void isMovedToTheEventsTime() {
        assertEquals(100, ClockRules.movedBy(100, 200, 300));
        assertEquals(0, ClockRules.movedBy(0, 200, 300));
    }

    @Test
    void isNotMovedPastTheRecordsOwnTimestamp() {
        assertEquals(200, ClockRules.movedBy(250, 200, 300));
    }

    @Test
    void isNotMovedPastTheWallClock() {
        assertEquals(300, ClockRules.movedBy(400, 400, 300));
    }

    @Test
    void isNotMovedByARecordWithoutATimestamp() {
        assertEquals(ClockRules.NONE, ClockRules.movedBy(100, -1, 300));
        assertEquals(ClockRules.NONE, ClockRules.movedBy(100, Long.MIN_VALUE, 300));
    }
}
