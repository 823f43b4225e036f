package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClockRulesTest {

    @Test
    void isMovedToTheEventsTime() {
        assertEquals(100, ClockRules.advancedBy(100, 200, 300));
        assertEquals(0, ClockRules.advancedBy(0, 200, 300));
    }

    @Test
    void isNotMovedPastTheRecordsOwnTimestamp() {
        assertEquals(200, ClockRules.advancedBy(250, 200, 300));
    }

    @Test
    void isNotMovedPastTheWallClock() {
        assertEquals(300, ClockRules.advancedBy(400, 400, 300));
    }

    @Test
    void isNotMovedByARecordWithoutATimestamp() {
        assertEquals(ClockRules.NONE, ClockRules.advancedBy(100, -1, 300));
        assertEquals(ClockRules.NONE, ClockRules.advancedBy(100, Long.MIN_VALUE, 300));
    }
}
