package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionRulesTest {

    @Test
    void acceptsTheSmallestAndTheLargestValues() {
        assertDoesNotThrow(() -> new SessionRules(1, 0, 1));
        assertDoesNotThrow(
                () -> new SessionRules(SessionRules.MAX_SPAN_MS, SessionRules.MAX_RETENTION_MS, Integer.MAX_VALUE));
    }

    @Test
    void rejectsValuesOutOfRange_andNamesTheValue() {
        assertRejected("gapMs: must be 1 to 31622400000. Found: 0", 0, 0, 1);
        assertRejected("gapMs: must be 1 to 31622400000. Found: 31622400001", SessionRules.MAX_SPAN_MS + 1, 0, 1);
        assertRejected("retentionMs: must be 0 to 3155760000000. Found: -1", 1, -1, 1);
        assertRejected(
                "retentionMs: must be 0 to 3155760000000. Found: 3155760000001",
                1,
                SessionRules.MAX_RETENTION_MS + 1,
                1);
        assertRejected("maxSessions: must be at least 1. Found: 0", 1, 0, 0);
    }

    @Test
    void isLateOnceAnEventLagsMoreThanTheGapBehindTheClock() {
        SessionRules rules = new SessionRules(1_000, 0, 1);
        assertFalse(rules.isLate(5_000, 5_000));
        assertFalse(rules.isLate(9_000, 5_000), "ahead of the clock");
        assertFalse(rules.isLate(4_000, 5_000), "exactly the gap behind");
        assertTrue(rules.isLate(3_999, 5_000));
        assertFalse(rules.isLate(0, ClockRules.NONE), "without a clock");
    }

    @Test
    void neverOverflows_atTheFirstAndTheLastTime() {
        SessionRules rules = new SessionRules(SessionRules.MAX_SPAN_MS, SessionRules.MAX_RETENTION_MS, 10);
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        Timeline both =
                Timeline.EMPTY.add(0, ClockSteps.at(last), rules, SampleIds::of).timeline();
        both = both.add(last, ClockSteps.at(last), rules, SampleIds::of).timeline();
        assertEquals(2, both.sessions().size());
        assertEquals(
                2,
                both.advance(ClockSteps.at(Long.MAX_VALUE), rules).conclusions().size());
        assertTrue(both.advance(ClockSteps.at(last), rules).conclusions().isEmpty());
    }

    private static void assertRejected(String message, long gapMs, long retentionMs, int maxSessions) {
        IllegalArgumentException exception =
                assertThrows(IllegalArgumentException.class, () -> new SessionRules(gapMs, retentionMs, maxSessions));
        assertEquals(message, exception.getMessage());
    }
}
