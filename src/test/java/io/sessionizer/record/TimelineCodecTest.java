package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.LegacySessionId;
import io.sessionizer.session.Published;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class TimelineCodecTest {
    private static final long NEVER = 253_402_300_799_999L;
    private static final byte[] USER = "user-42".getBytes(StandardCharsets.US_ASCII);
    /** What the versions computed that stored none. */
    private static final LongFunction<SessionId> OLD_IDS = time -> LegacySessionId.of(USER, time);

    /** Up to version 3 a conclusion did not change the last arrival. */
    private static final List<Session> CONCLUDED_BEFORE = List.of(new Session(
            OLD_IDS.apply(1_468_308_340_000L),
            1_468_308_340_000L,
            1_468_308_940_000L,
            2,
            1_468_308_940_500L,
            1,
            false));

    private static final SessionRules RULES = new SessionRules(1_200_000, 86_400_000, 10);

    @Test
    void readsBackWhatItWrote_forRandomHistories() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("TimelineCodecTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int history = 0; history < 20_000; history++) {
            SessionRules rules = new SessionRules(random.nextLong(1, 5_000), random.nextLong(100_000), 50);
            Timeline timeline = Timeline.EMPTY;
            EventOrigin origin = new EventOrigin(SessionIdForm.UUID);
            long clock = random.nextBoolean() ? -1 : random.nextLong(NEVER);
            for (int event = random.nextInt(1, 30); event > 0; event--) {
                long time = random.nextInt(10) == 0 ? random.nextLong(NEVER + 1) : random.nextLong(20_000);
                clock = Math.max(clock, random.nextInt(3) == 0 ? Math.min(time, NEVER) : clock);
                timeline = timeline.add(time, ClockSteps.at(clock), rules, origin.set(USER, 0, event))
                        .timeline();
                byte[] bytes = TimelineCodec.encode(timeline);
                Timeline read = TimelineCodec.decode(USER, bytes);
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
                worked(1_468_308_940_500L, OLD_IDS).sessions(),
                TimelineCodec.decode(USER, version1).sessions());
    }

    /** Version 1 did not store what had been published of a reopened session. */
    @Test
    void readsASessionThatIsOpenAgain_fromVersion1() {
        byte[] version1 = HexFormat.of().parseHex("01a099c6f0dd2aa0fafcefdd2a00c0cf2402f40303");
        Session session = TimelineCodec.decode(USER, version1).sessions().get(0);
        assertEquals(1, session.revision());
        assertTrue(session.isOpen());
        assertEquals(Published.NONE, session.lastPublished());
    }

    /** One that concluded, and one that is open again. */
    @Test
    void readsVersion2() {
        byte[] concluded = HexFormat.of().parseHex("02e0ff8d9ae02aa0fafcefdd2a00c0cf2402f40302");
        Timeline read = TimelineCodec.decode(USER, concluded);
        assertEquals(CONCLUDED_BEFORE, read.sessions());
        assertEquals(Timeline.NO_DEADLINE, read.deadline(), "it had one, to forget");
        byte[] open = HexFormat.of().parseHex("02d58bb4f1dd2aa0fafcefdd2a00a0a4280395ce4503a0fafcefdd2ac0cf2402");
        Timeline readOpen = TimelineCodec.decode(USER, open);
        assertEquals(openAgain(OLD_IDS).sessions(), readOpen.sessions());
        assertEquals(openAgain(OLD_IDS).deadline(), readOpen.deadline());
    }

    @Test
    void readsVersion3() {
        byte[] open = HexFormat.of().parseHex("03d58bb4f1dd2aa0fafcefdd2a00a0a4280395ce4503a0fafcefdd2ac0cf2402");
        assertEquals(
                openAgain(OLD_IDS).sessions(), TimelineCodec.decode(USER, open).sessions());
        byte[] concluded = HexFormat.of().parseHex("0300a0fafcefdd2a00c0cf2402f40302");
        assertEquals(CONCLUDED_BEFORE, TimelineCodec.decode(USER, concluded).sessions());
    }

    @Test
    void keepsTheFormatOfVersion4() {
        byte[] open = HexFormat.of()
                .parseHex("04d58bb4f1dd2aa0fafcefdd2a000123" + "0123456789abcdef"
                        + "a0a4280395ce4503a0fafcefdd2ac0cf2402");
        assertArrayEquals(open, TimelineCodec.encode(openAgain(SampleIds::of)));
        assertEquals(
                openAgain(SampleIds::of).sessions(),
                TimelineCodec.decode(USER, open).sessions());
        byte[] concluded = HexFormat.of().parseHex("0400a0fafcefdd2a000123" + "0123456789abcdef" + "c0cf2402f50302");
        assertArrayEquals(concluded, TimelineCodec.encode(concluded(SampleIds::of)));
    }

    /** An id that was computed by an earlier version is stored from now on. */
    @Test
    void storesTheIdOfAnEarlierVersion() {
        byte[] version3 = HexFormat.of().parseHex("0300a0fafcefdd2a00c0cf2402f40302");
        byte[] version4 = TimelineCodec.encode(TimelineCodec.decode(USER, version3));
        assertEquals(4, version4[0]);
        byte[] otherUser = {1};
        assertEquals(
                OLD_IDS.apply(1_468_308_340_000L),
                TimelineCodec.decode(otherUser, version4).sessions().get(0).id());
    }

    @Test
    void keepsTheFormOfEachId() {
        for (SessionIdForm form : SessionIdForm.values()) {
            byte[] bytes =
                    TimelineCodec.encode(concluded(time -> SampleIds.of(time).in(form)));
            int at = HexFormat.of().formatHex(bytes).indexOf(form.ordinal() + "123");
            assertTrue(at > 0 && at % 2 == 0, form::name);
            assertEquals(
                    form,
                    TimelineCodec.decode(USER, bytes).sessions().get(0).id().form());
        }
    }

    @Test
    void rejectsAnUnknownFormOfAnId() {
        byte[] bytes = TimelineCodec.encode(concluded(SampleIds::of));
        int form = HexFormat.of().formatHex(bytes).indexOf("0123") / 2;
        bytes[form] |= 0x30;
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> TimelineCodec.decode(USER, bytes));
        assertEquals("form of a session's id: must be less than 3. Found: 3", exception.getMessage());
    }

    private static Timeline openAgain(LongFunction<SessionId> ids) {
        return concluded(ids)
                .add(1_468_309_000_000L, ClockSteps.at(1_468_310_140_501L), RULES, ids)
                .timeline();
    }

    private static Timeline concluded(LongFunction<SessionId> ids) {
        return worked(1_468_308_940_500L, ids)
                .advance(ClockSteps.at(1_468_310_140_501L), RULES)
                .after();
    }

    /** One session of ten minutes. */
    private static Timeline worked(long clock, LongFunction<SessionId> ids) {
        return Timeline.EMPTY
                .add(1_468_308_340_000L, ClockSteps.at(-1), RULES, ids)
                .timeline()
                .add(1_468_308_940_000L, ClockSteps.at(clock), RULES, ids)
                .timeline();
    }

    @Test
    void takesFewBytesForOneSession() {
        Timeline timeline = Timeline.EMPTY
                .add(1_468_308_340_000L, ClockSteps.at(-1), RULES, SampleIds::of)
                .timeline();
        assertTrue(TimelineCodec.encode(timeline).length <= 35);
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> TimelineCodec.decode(USER, new byte[] {0, 0}));
        assertEquals("timeline format: must be 1 to 4. Found: 0", exception.getMessage());
    }
}
