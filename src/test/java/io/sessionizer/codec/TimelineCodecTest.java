package io.sessionizer.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Rules;
import io.sessionizer.session.Timeline;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimelineCodecTest {
    private static final long NEVER = 253_402_300_799_999L;

    @Test
    void readsBackWhatItWrote_forRandomHistories() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("TimelineCodecTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int history = 0; history < 20_000; history++) {
            Rules rules = new Rules(random.nextLong(1, 5_000), random.nextLong(100_000), 50);
            Timeline timeline = Timeline.EMPTY;
            long clock = random.nextBoolean() ? -1 : random.nextLong(NEVER);
            for (int event = random.nextInt(1, 30); event > 0; event--) {
                long time = random.nextInt(10) == 0 ? random.nextLong(NEVER + 1) : random.nextLong(20_000);
                clock = Math.max(clock, random.nextInt(3) == 0 ? Math.min(time, NEVER) : clock);
                timeline = timeline.add(time, clock, rules).timeline();
                byte[] bytes = TimelineCodec.encode(timeline);
                Timeline read = TimelineCodec.decode(bytes);
                assertEquals(timeline.sessions(), read.sessions());
                assertEquals(timeline.alarm(), read.alarm());
            }
        }
    }

    /** Yesterday's state: this must be read by every later version. */
    @Test
    void keepsTheFormatOfVersion1() {
        Timeline timeline = Timeline.EMPTY
                .add(1_468_308_340_000L, -1, new Rules(1_200_000, 86_400_000, 10))
                .timeline()
                .add(1_468_308_940_000L, 1_468_308_940_500L, new Rules(1_200_000, 86_400_000, 10))
                .timeline();
        byte[] version1 = HexFormat.of().parseHex("01a099c6f0dd2aa0fafcefdd2a00c0cf2402f40301");
        assertArrayEquals(version1, TimelineCodec.encode(timeline));
        assertEquals(timeline.sessions(), TimelineCodec.decode(version1).sessions());
    }

    @Test
    void takesFewBytesForOneSession() {
        Timeline timeline = Timeline.EMPTY
                .add(1_468_308_340_000L, -1, new Rules(1_200_000, 86_400_000, 10))
                .timeline();
        assertTrue(TimelineCodec.encode(timeline).length <= 25);
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> TimelineCodec.decode(new byte[] {9, 0}));
        assertEquals("timeline format: must be 1. Found: 9", refused.getMessage());
    }
}
