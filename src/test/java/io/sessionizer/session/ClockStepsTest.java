package io.sessionizer.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final ClockSteps clock = ClockSteps.at(100);

    @Test
    void knowsTheStepThatMadeATimePast() {
        clock.advance(200);
        clock.advance(300);
        assertEquals(300, clock.now());
        assertEquals(100, clock.firstAfter(0));
        assertEquals(200, clock.firstAfter(100));
        assertEquals(200, clock.firstAfter(199));
        assertEquals(300, clock.firstAfter(200));
        assertEquals(300, clock.firstAfter(299));
    }

    @Test
    void dropsWhatNoPendingDeadlineNeeds_butNeverTheClock() {
        clock.advance(200);
        clock.advance(300);
        clock.dropUpTo(199);
        assertEquals(200, clock.firstAfter(199));
        assertEquals(2, clock.size());
        clock.dropUpTo(200);
        assertEquals(1, clock.size(), "what is due after 200 was not made due by that step");
        clock.dropUpTo(300);
        assertEquals(1, clock.size());
        assertEquals(300, clock.now());
        assertEquals(300, clock.firstAfter(0));
    }

    @Test
    void neverRunsBackwards_unlessItIsSetBack() {
        assertThrows(IllegalArgumentException.class, () -> clock.advance(100));
        clock.advance(200);
        clock.advance(300);
        clock.setBack(200);
        assertEquals(2, clock.size());
        clock.setBack(150);
        assertEquals(150, clock.now());
        assertEquals(100, clock.firstAfter(99));
        assertEquals(150, clock.firstAfter(149), "due at 200, which is no longer there");
        clock.setBack(50);
        assertEquals(50, clock.now());
        assertEquals(1, clock.size());
    }

    @Test
    void isExact_whateverIsDropped() {
        System.out.println("ClockStepsTest: -Dseed=" + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 200; trial++) {
            ClockSteps steps = ClockSteps.at(-1);
            TreeSet<Long> all = new TreeSet<>();
            all.add(-1L);
            long pending = -1;
            for (int i = random.nextInt(2_000); i > 0; i--) {
                steps.advance(steps.now() + random.nextLong(1, 100));
                all.add(steps.now());
                if (random.nextInt(20) == 0) {
                    pending = random.nextLong(pending, steps.now() + 1);
                    steps.dropUpTo(pending);
                }
                long time = random.nextLong(pending, steps.now() + 1);
                if (time < steps.now()) {
                    assertEquals(all.higher(time), steps.firstAfter(time));
                }
            }
        }
    }

    @Test
    void isTheSameOnceItWasStored() {
        clock.advance(200);
        clock.advance(300);
        ClockSteps stored = ClockSteps.of(clock.earlier(), clock.now());
        assertEquals(List.of(100L, 200L), stored.earlier());
        assertEquals(300, stored.now());
        assertEquals(200, stored.firstAfter(199));
        clock.dropUpTo(300);
        assertEquals(List.of(), clock.earlier());
    }

    /** The stored bytes must fit into a record. */
    @Test
    void storesABoundedNumber_andThenConcludesAtALaterStep() {
        for (long step = 101; step <= 100 + 3 * ClockSteps.MAX_STORED + 7; step++) {
            clock.advance(step);
        }
        List<Long> earlier = clock.earlier();
        assertTrue(earlier.size() <= ClockSteps.MAX_STORED, "stored: " + earlier.size());
        assertTrue(earlier.size() > ClockSteps.MAX_STORED / 2, "stored: " + earlier.size());
        ClockSteps stored = ClockSteps.of(earlier, clock.now());
        for (long time = 100; time < clock.now(); time++) {
            long step = stored.firstAfter(time);
            assertTrue(step > time && step <= time + 4, time + ": " + step);
        }
    }

    /** Then each step is one that there was, and none is too early. */
    @Test
    void isBounded_andThenConcludesAtALaterStep() {
        for (long step = 101; step <= 100 + 10 * ClockSteps.MAX_STEPS; step++) {
            clock.advance(step);
            assertTrue(clock.size() <= ClockSteps.MAX_STEPS);
        }
        assertTrue(clock.size() >= ClockSteps.MAX_STEPS / 2);
        long last = clock.now();
        for (long time = 100; time < last; time++) {
            long step = clock.firstAfter(time);
            assertTrue(step > time && step <= last, time + ": " + step);
        }
        assertEquals(last, clock.firstAfter(last - 1));
    }
}
