package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import org.junit.jupiter.api.Test;

class TopicLimitTest {
    private static final long NOW = 1_468_321_200_000L;

    @Test
    void keepsATimestampThatTheTopicAccepts() {
        assertEquals(0, StreamDriver.KAFKAS.clampTimestamp(0, NOW));
        assertEquals(NOW + 300_000, StreamDriver.KAFKAS.clampTimestamp(NOW + 300_000, NOW));
    }

    @Test
    void clampsATimestampToTheNearestThatTheTopicAccepts() {
        TopicLimit aDay = new TopicLimit(1_000_000, 86_400_000, 60_000);
        assertEquals(NOW + 60_000, aDay.clampTimestamp(Long.MAX_VALUE, NOW));
        long oldest = aDay.clampTimestamp(0, NOW);
        assertTrue(oldest > NOW - 86_400_000 && oldest < NOW - 86_000_000);
        assertEquals(NOW, new TopicLimit(1_000_000, 0, 0).clampTimestamp(0, NOW));
        assertEquals(0, new TopicLimit(1_000_000, Long.MAX_VALUE, Long.MAX_VALUE).clampTimestamp(-5, NOW));
    }
}
