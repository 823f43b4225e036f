package io.sessionizer.kafka.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.PartitionClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatermarkScheduleTest {
    private final PartitionClock clock = new PartitionClock(1_000);

    private static long ms(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Test
    void publishesNothingWithoutProgress() {
        assertFalse(new WatermarkSchedule(4).isDue(clock, 0));
    }

    @Test
    void publishesTheFirstAtOnce_andWhatTheWallClockMovedAtOnce() {
        WatermarkSchedule schedule = new WatermarkSchedule(4);
        schedule.progressed();
        assertTrue(schedule.isDue(clock, 0));
        clock.advance(2_000, ClockSource.WALL_CLOCK);
        schedule.progressed();
        assertTrue(schedule.isDue(clock, ms(2)));
    }

    @Test
    void publishesWhatRecordsMoveInIntervals() {
        WatermarkSchedule schedule = new WatermarkSchedule(4);
        schedule.progressed();
        assertTrue(schedule.isDue(clock, 0));
        clock.advance(2_000, ClockSource.EVENT_TIME);
        schedule.progressed();
        assertFalse(schedule.isDue(clock, ms(199)));
        assertTrue(schedule.isDue(clock, ms(200)));
    }

    @Test
    void repeatsAClockThatStands_ifTheSourceMakesProgress() {
        WatermarkSchedule schedule = new WatermarkSchedule(1);
        schedule.progressed();
        assertTrue(schedule.isDue(clock, 0));
        schedule.progressed();
        assertFalse(schedule.isDue(clock, ms(4_999)));
        assertTrue(schedule.isDue(clock, ms(5_000)));
        assertFalse(schedule.isDue(clock, ms(50_000)), "it is silent, so that it is known to be stalled");
    }

    /** Each source publishes to each partition. */
    @Test
    void publishesTenThousandASecondAtMost_howeverManySourcesThereAre() {
        for (int sources : new int[] {100, 200, 500}) {
            WatermarkSchedule schedule = new WatermarkSchedule(sources);
            int published = 0;
            for (int i = 0; i < 1_000; i++) {
                clock.advance(clock.timeMs() + 1, ClockSource.WALL_CLOCK);
                schedule.progressed();
                published += schedule.isDue(clock, ms(100L * i)) ? 1 : 0;
            }
            long seconds = 100;
            assertTrue(
                    (long) published * sources * sources <= 10_000 * (seconds + 30),
                    sources + " sources, published by each: " + published);
        }
    }
}
