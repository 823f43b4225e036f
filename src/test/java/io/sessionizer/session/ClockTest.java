package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClockTest {

    @Test
    void isMovedToTheEventsTime() {
        assertEquals(100, Clock.movedBy(100, 200, 300));
        assertEquals(0, Clock.movedBy(0, 200, 300));
    }

    @Test
    void isNotMovedPastTheRecordsOwnTimestamp() {
        assertEquals(200, Clock.movedBy(250, 200, 300));
    }

    @Test
    void isNotMovedPastTheWallClock() {
        assertEquals(300, Clock.movedBy(400, 400, 300));
    }

    @Test
    void isNotMovedByARecordWithoutATimestamp() {
        assertEquals(Clock.NONE, Clock.movedBy(100, -1, 300));
        assertEquals(Clock.NONE, Clock.movedBy(100, Long.MIN_VALUE, 300));
    }
}
