package io.sessionizer.stats;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The buckets of session lengths: narrow enough that a median or percentile computed from them is off by a few percent
 * at most, few enough that thousands of histograms can be stored. Bucket 0 holds only length 0. The bounds are part of
 * the stored format and must never change.
 */
public final class LengthBuckets {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** The shortest length of each bucket, in seconds. */
    private static final long[] LOWER_BOUNDS = LongStream.of(0)
            .flatMap(zero -> concat(
                    bounds(0, MINUTE, 1),
                    bounds(MINUTE, 5 * MINUTE, 5),
                    bounds(5 * MINUTE, 15 * MINUTE, 15),
                    bounds(15 * MINUTE, 30 * MINUTE, 30),
                    bounds(30 * MINUTE, 2 * HOUR, MINUTE),
                    bounds(2 * HOUR, 6 * HOUR, 5 * MINUTE),
                    bounds(6 * HOUR, DAY, 20 * MINUTE),
                    bounds(DAY, 7 * DAY, 6 * HOUR),
                    LongStream.of(7 * DAY)))
            .toArray();

    /** The number of buckets; the last has no upper bound. */
    public static final int COUNT = LOWER_BOUNDS.length;

    private LengthBuckets() {}

    private static LongStream bounds(long from, long to, long width) {
        return LongStream.iterate(from, at -> at < to, at -> at + width);
    }

    private static LongStream concat(LongStream... parts) {
        return Arrays.stream(parts).flatMapToLong(part -> part);
    }

    /** The bucket that a length in whole seconds, at least 0, is counted in. */
    public static int bucketOf(long seconds) {
        int at = Arrays.binarySearch(LOWER_BOUNDS, seconds);
        return at >= 0 ? at : -at - 2;
    }

    /** The shortest length that is counted in {@code bucket}, 0 to {@link #COUNT} - 1, in seconds. */
    public static long lowerBound(int bucket) {
        return LOWER_BOUNDS[bucket];
    }
}
