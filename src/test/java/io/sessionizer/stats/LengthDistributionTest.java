package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.session.Published;
import io.sessionizer.stats.LengthDistribution.LengthClass;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LengthDistributionTest {
    @Test
    void hasClassesThatSplitNoBucket() {
        for (long bound : LengthDistribution.CLASSES) {
            assertEquals(bound, LengthBuckets.lowerBound(LengthBuckets.bucketOf(bound)));
        }
    }

    @Test
    void countsEachLengthInItsClass() {
        List<LengthClass> classes =
                of(0, 0, 1, 2, 3, 14, 15, 119, 120, 7199, 7200, 1_000_000).classes();

        assertEquals(15, classes.size());
        assertEquals(new LengthClass(0, OptionalLong.of(0), 2), classes.get(0));
        assertEquals(new LengthClass(1, OptionalLong.of(1), 1), classes.get(1));
        assertEquals(new LengthClass(2, OptionalLong.of(3), 2), classes.get(2));
        assertEquals(new LengthClass(4, OptionalLong.of(7), 0), classes.get(3));
        assertEquals(new LengthClass(8, OptionalLong.of(14), 1), classes.get(4));
        assertEquals(new LengthClass(15, OptionalLong.of(29), 1), classes.get(5));
        assertEquals(new LengthClass(60, OptionalLong.of(119), 1), classes.get(7));
        assertEquals(new LengthClass(120, OptionalLong.of(239), 1), classes.get(8));
        assertEquals(new LengthClass(3600, OptionalLong.of(7199), 1), classes.get(13));
        assertEquals(new LengthClass(7200, OptionalLong.empty(), 2), classes.get(14));
    }

    /** So that a class with more sessions is also where sessions are denser, on a logarithmic axis. */
    @Test
    void doublesFromClassToClass() {
        long[] bounds = LengthDistribution.CLASSES;
        for (int i = 1; i < bounds.length - 1; i++) {
            double ratio = (double) bounds[i + 1] / bounds[i];
            assertTrue(ratio >= 1.875 && ratio <= 2, "from " + bounds[i] + " to " + bounds[i + 1]);
        }
    }

    @Test
    void isEmptyWithoutSessions() {
        assertEquals(OptionalLong.empty(), of().median());
        assertEquals(OptionalLong.empty(), of().p90());
    }

    @Test
    void reportsASingleLengthToTheSecond() {
        for (long length : new long[] {0, 59, 61, 600, 1499, 86_399, 100_000, 5_000_000}) {
            assertEquals(OptionalLong.of(length), of(length).median());
            assertEquals(OptionalLong.of(length), of(length, length, length).p90());
        }
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        assertEquals(OptionalLong.of(15), of(10, 20).median());
        assertEquals(OptionalLong.of(20), of(10, 20, 30).median());
        assertEquals(OptionalLong.of(25), of(10, 20, 30, 40).median());
    }

    @Test
    void findsTheLengthThatNineOfTenDoNotExceed() {
        assertEquals(
                OptionalLong.of(9), of(LongStream.rangeClosed(1, 10).toArray()).p90());
        assertEquals(
                OptionalLong.of(10), of(LongStream.rangeClosed(1, 11).toArray()).p90());
        assertEquals(
                OptionalLong.of(45), of(LongStream.rangeClosed(1, 50).toArray()).p90());
    }

    @Test
    void isOffByNoMoreThanItSays() {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            long[] lengths = LongStream.range(0, 1 + random.nextInt(40))
                    .map(i -> (long) Math.exp(random.nextDouble() * Math.log(604_000)))
                    .sorted()
                    .toArray();
            LengthDistribution distribution = of(lengths);
            int n = lengths.length;

            assertNear(
                    (lengths[(n - 1) / 2] + lengths[n / 2]) / 2,
                    distribution.median().orElseThrow(),
                    "seed " + seed);
            assertNear(lengths[(int) Math.ceil(n * 0.9) - 1], distribution.p90().orElseThrow(), "seed " + seed);
        }
    }

    private static void assertNear(long exact, long distribution, String where) {
        double share = exact < 60 ? 0 : exact < 86_400 ? 0.04 : 0.13;
        // each of the two in the middle is rounded, and one of them may be a day while the other is not
        double most = Math.max(exact, distribution) >= 43_200 ? Math.max(share, 0.13) : share;
        assertTrue(
                Math.abs(distribution - exact) <= Math.max(1, exact * most),
                () -> "told " + distribution + ", exact " + exact + ", " + where);
    }

    private static LengthDistribution of(long... seconds) {
        SessionStats stats = new SessionStats();
        Arrays.stream(seconds).forEach(length -> stats.count(new Published(0, length * 1000 + 999, 1)));
        return new LengthDistribution(stats);
    }
}
