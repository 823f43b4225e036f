package io.sessionizer.kafka.topics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.StreamDriver;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A record carries its event time where the topic takes and keeps it, else the time of the write (specification, section 1). */
class TopicLimitTest {
    private static final long NOW = 1_468_321_200_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long NONE = Long.MAX_VALUE;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @Test
    void keepsATimeThatTheTopicTakes() {
        assertEquals(0, StreamDriver.KAFKAS.timestamp(0, NOW));
        assertEquals(NOW + 5 * MINUTE, StreamDriver.KAFKAS.timestamp(NOW + 5 * MINUTE, NOW));
        assertEquals(Long.MAX_VALUE, limit(NONE, NONE, NONE).timestamp(Long.MAX_VALUE, NOW));
    }

    @Test
    void isTheTimeOfTheWrite_whereTheTopicRefusesTheTime() {
        TopicLimit anHour = limit(60 * MINUTE, 60 * MINUTE, NONE);
        assertEquals(NOW - 57 * MINUTE, anHour.timestamp(NOW - 57 * MINUTE, NOW));
        assertEquals(NOW, anHour.timestamp(NOW - 57 * MINUTE - 1, NOW));
        assertEquals(NOW, anHour.timestamp(0, NOW));
        assertEquals(NOW + 59 * MINUTE, anHour.timestamp(NOW + 59 * MINUTE, NOW));
        assertEquals(NOW, anHour.timestamp(NOW + 59 * MINUTE + 1, NOW));
        assertEquals(NOW, anHour.timestamp(Long.MAX_VALUE, NOW));
    }

    @Test
    void isTheTimeOfTheWrite_whereALimitIsLessThanTheClocksMayDiffer() {
        TopicLimit tight = limit(1_000, 1_000, NONE);
        assertEquals(NOW, tight.timestamp(NOW - 1, NOW));
        assertEquals(NOW, tight.timestamp(NOW + 1, NOW));
        assertEquals(NOW, tight.timestamp(NOW, NOW));
    }

    @Test
    void isTheTimeOfTheWrite_whereTheTopicWouldSoonDeleteTheRecord() {
        TopicLimit month = limit(NONE, 60 * MINUTE, 30 * DAY);
        assertEquals(NOW - 15 * DAY, month.timestamp(NOW - 15 * DAY, NOW));
        assertEquals(NOW, month.timestamp(NOW - 15 * DAY - 1, NOW));
    }

    @Test
    void isTheTimeOfTheWrite_whereTheTimeIsUnknown() {
        assertEquals(NOW, StreamDriver.KAFKAS.timestamp(-1, NOW));
    }

    @Test
    void isNeverRefused_howeverTheClocksDiffer_andIsOneOfTheTwo() {
        System.out.println("-Dseed=" + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            TopicLimit limit = limit(atLeast(3 * MINUTE, random), atLeast(MINUTE, random), atLeast(1, random));
            long timeMs = Math.max(-1, NOW + (long) (random.nextGaussian() * 40 * DAY / (1 << random.nextInt(20))));
            long timestamp = limit.timestamp(timeMs, NOW);
            assertTrue(timestamp == NOW || timestamp == timeMs, limit + " at " + timeMs);
            // as the broker tests it when the record arrives
            long brokerMs = NOW + random.nextLong(-MINUTE, MINUTE + 1) + random.nextLong(2 * MINUTE + 1);
            assertTrue(brokerMs - timestamp <= limit.beforeMs(), limit + " at " + timeMs);
            assertTrue(timestamp - brokerMs <= limit.afterMs(), limit + " at " + timeMs);
            assertTrue(NOW - timestamp <= limit.retentionMs() / 2, limit + " at " + timeMs);
        }
    }

    private static long atLeast(long least, Random random) {
        return random.nextInt(4) == 0 ? NONE : least + random.nextLong(60 * DAY >> random.nextInt(20));
    }

    private static TopicLimit limit(long beforeMs, long afterMs, long retentionMs) {
        return new TopicLimit(1_000_000, beforeMs, afterMs, retentionMs);
    }
}
