package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.record.QuarterHourCodec.StoredRow;
import io.sessionizer.session.Published;
import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuarterHourCodecTest {
    @Test
    void readsBackWhatItWrote() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("QuarterHourCodecTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            StoredRow stored = new StoredRow(
                    new QuarterHourStats(figures(random), number(random), number(random)), random.nextBoolean());
            assertEquals(stored, QuarterHourCodec.decode(QuarterHourCodec.encode(stored)));
        }
    }

    /** Under at-least-once, a crash may leave a count below zero: it must not stop anything. */
    @Test
    void readsBackTheLargestAndTheSmallest() {
        for (long number : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            SessionStats stats = new SessionStats();
            for (int bucket = 0; bucket < LengthBuckets.COUNT; bucket++) {
                stats.addToBucket(bucket, number);
            }
            stats.addSums(number, number);
            StoredRow stored = new StoredRow(new QuarterHourStats(stats, number, number), false);
            assertEquals(stored, QuarterHourCodec.decode(QuarterHourCodec.encode(stored)));
        }
    }

    /** Yesterday's state: this must be read by every later version. */
    @Test
    void keepsTheFormatOfVersion1() {
        SessionStats stats = new SessionStats();
        stats.count(new Published(0, 0, 1));
        stats.count(new Published(0, 600_000, 200));
        stats.count(new Published(0, 600_000, 5));
        StoredRow stored = new StoredRow(new QuarterHourStats(stats, 300, 7), false);
        byte[] version1 = HexFormat.of().parseHex("0101ac0207b009ce0100018001" + "02");
        assertEquals(HexFormat.of().formatHex(version1), HexFormat.of().formatHex(QuarterHourCodec.encode(stored)));
        assertEquals(stored, QuarterHourCodec.decode(version1));
        version1[1] = 0;
        assertArrayEquals(version1, QuarterHourCodec.encode(new StoredRow(new QuarterHourStats(stats, 300, 7), true)));
    }

    @Test
    void takesFewBytesForFewSessions() {
        SessionStats stats = new SessionStats();
        stats.count(new Published(0, 600_000, 7));
        assertTrue(QuarterHourCodec.encode(new StoredRow(new QuarterHourStats(stats, 3, 2), true)).length <= 11);
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> QuarterHourCodec.decode(new byte[] {0, 0}));
        assertEquals("figures format: must be 1. Found: 0", exception.getMessage());
    }

    private static long number(SplittableRandom random) {
        return random.nextLong(1L << random.nextInt(62));
    }

    static SessionStats figures(SplittableRandom random) {
        SessionStats stats = new SessionStats();
        for (int sessions = random.nextInt(50); sessions > 0; sessions--) {
            long length = random.nextLong(1_000L << random.nextInt(25));
            stats.count(new Published(7, 7 + length, 1 + random.nextInt(1_000)));
        }
        return stats;
    }
}
