package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Published;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimelineCodecTest {
    private static final long NEVER = 253_402_300_799_999L;
    private static final SessionRules RULES = new SessionRules(1_200_000, 86_400_000, 10);

    @Test
    void readsBackWhatItWrote_forRandomHistories() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("TimelineCodecTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int history = 0; history < 20_000; history++) {
            SessionRules rules = new SessionRules(random.nextLong(1, 5_000), random.nextLong(100_000), 50);
            Timeline timeline = Timeline.EMPTY;
            long clock = random.nextBoolean() ? -1 : random.nextLong(NEVER);
            for (int event = random.nextInt(1, 30); event > 0; event--) {
                long time = random.nextInt(10) == 0 ? random.nextLong(NEVER + 1) : random.nextLong(20_000);
                clock = Math.max(clock, random.nextInt(3) == 0 ? Math.min(time, NEVER) : clock);
                timeline = timeline.add(time, clock, rules).timeline();
                byte[] bytes = TimelineCodec.encode(timeline);
                Timeline read = TimelineCodec.decode(bytes);
                assertEquals(timeline.sessions(), read.sessions());
                assertEquals(timeline.deadline(), read.deadline());
            }
        }
    }

    /** Yesterday's state: this must be read by every later version. */
    @Test
    void readsVersion1() {
        byte[] version1 = HexFormat.of().parseHex("01a099c6f0dd2aa0fafcefdd2a00c0cf2402f40301");
        assertEquals(
                worked(1_468_308_940_500L).sessions(),
                TimelineCodec.decode(version1).sessions());
    }

    /** Version 1 did not store what had been published of a reopened session. */
    @Test
    void readsASessionThatIsOpenAgain_fromVersion1() {
        byte[] version1 = HexFormat.of().parseHex("01a099c6f0dd2aa0fafcefdd2a00c0cf2402f40303");
        Session session = TimelineCodec.decode(version1).sessions().get(0);
        assertEquals(1, session.revision());
        assertTrue(session.isOpen());
        assertEquals(Published.NONE, session.lastPublished());
    }

    /** One that concluded, and one that is open again. */
    @Test
    void readsVersion2() {
        byte[] concluded = HexFormat.of().parseHex("02e0ff8d9ae02aa0fafcefdd2a00c0cf2402f40302");
        Timeline read = TimelineCodec.decode(concluded);
        assertEquals(
                worked(1_468_308_940_500L)
                        .advance(1_468_310_140_501L, RULES)
                        .after()
                        .sessions(),
                read.sessions());
        assertEquals(Timeline.NO_DEADLINE, read.deadline(), "it had one, to forget");
        byte[] open = HexFormat.of().parseHex("02d58bb4f1dd2aa0fafcefdd2a00a0a4280395ce4503a0fafcefdd2ac0cf2402");
        assertEquals(openAgain().sessions(), TimelineCodec.decode(open).sessions());
        assertEquals(openAgain().deadline(), TimelineCodec.decode(open).deadline());
    }

    @Test
    void keepsTheFormatOfVersion3() {
        byte[] version3 = HexFormat.of().parseHex("03d58bb4f1dd2aa0fafcefdd2a00a0a4280395ce4503a0fafcefdd2ac0cf2402");
        assertArrayEquals(version3, TimelineCodec.encode(openAgain()));
        assertEquals(openAgain().sessions(), TimelineCodec.decode(version3).sessions());
        Timeline concluded =
                worked(1_468_308_940_500L).advance(1_468_310_140_501L, RULES).after();
        assertEquals("0300a0fafcefdd2a00c0cf2402f40302", HexFormat.of().formatHex(TimelineCodec.encode(concluded)));
    }

    private static Timeline openAgain() {
        return worked(1_468_308_940_500L)
                .advance(1_468_310_140_501L, RULES)
                .after()
                .add(1_468_309_000_000L, 1_468_310_140_501L, RULES)
                .timeline();
    }

    /** One session of ten minutes. */
    private static Timeline worked(long clock) {
        return Timeline.EMPTY
                .add(1_468_308_340_000L, -1, RULES)
                .timeline()
                .add(1_468_308_940_000L, clock, RULES)
                .timeline();
    }

    @Test
    void takesFewBytesForOneSession() {
        Timeline timeline = Timeline.EMPTY.add(1_468_308_340_000L, -1, RULES).timeline();
        assertTrue(TimelineCodec.encode(timeline).length <= 25);
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> TimelineCodec.decode(new byte[] {0, 0}));
        assertEquals("timeline format: must be 1 to 3. Found: 0", exception.getMessage());
    }
}
