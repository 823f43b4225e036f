package io.sessionizer.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The distribution of session lengths, computed from {@link SessionStats}.
 *
 * <p>Accuracy: lengths below a minute are counted by the second, and are exact. A longer one is reported as the middle
 * of its bucket of {@link LengthBuckets}, so it is off by at most half the bucket: 4 % below 24 hours, 13 % below 7
 * days. Longer than 7 days is reported as 7 days. If all lengths lie in one bucket, their mean is reported, which the
 * sum gives to the second.
 */
public final class LengthDistribution {
    /**
     * The shortest length of each class, in seconds; the last has no upper bound. Each class is about twice as wide as the
     * one before, so that equal bars are true to scale on a logarithmic axis.
     */
    static final long[] CLASSES = {0, 1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 900, 1800, 3600, 7200};

    private final SessionStats stats;

    public LengthDistribution(SessionStats stats) {
        this.stats = stats;
    }

    /**
     * Sessions whose lengths lie in a class.
     *
     * @param fromSeconds the shortest length
     * @param toSeconds the longest length; empty for no bound
     */
    public record LengthClass(long fromSeconds, OptionalLong toSeconds, long sessions) {}

    public List<LengthClass> classes() {
        List<LengthClass> classes = new ArrayList<>();
        for (int i = 0; i < CLASSES.length; i++) {
            boolean isLast = i == CLASSES.length - 1;
            int end = isLast ? LengthBuckets.COUNT : LengthBuckets.bucketOf(CLASSES[i + 1]);
            long sessions = 0;
            for (int bucket = LengthBuckets.bucketOf(CLASSES[i]); bucket < end; bucket++) {
                sessions += stats.inBucket(bucket);
            }
            OptionalLong to = isLast ? OptionalLong.empty() : OptionalLong.of(CLASSES[i + 1] - 1);
            classes.add(new LengthClass(CLASSES[i], to, sessions));
        }
        return classes;
    }

    /** The median, in seconds; empty if there are no sessions. */
    public OptionalLong median() {
        long count = stats.sessions();
        return count == 0
                ? OptionalLong.empty()
                : OptionalLong.of((atRank((count + 1) / 2) + atRank(count / 2 + 1)) / 2);
    }

    /** The 90th percentile, in seconds; empty if there are no sessions. */
    public OptionalLong p90() {
        long count = stats.sessions();
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(atRank(count - count / 10));
    }

    /** The length of the session that is {@code rank}th when they are sorted by length, 1 to their number. */
    private long atRank(long rank) {
        long seen = 0;
        for (int bucket = 0; bucket < LengthBuckets.COUNT; bucket++) {
            long count = stats.inBucket(bucket);
            seen += count;
            if (seen >= rank) {
                return count == stats.sessions() ? stats.lengthSeconds() / count : middle(bucket);
            }
        }
        throw new IllegalStateException("lengths: must be as many as sessions. Found: " + seen + " of " + stats);
    }

    private static long middle(int bucket) {
        return bucket == LengthBuckets.COUNT - 1
                ? LengthBuckets.lowerBound(bucket)
                : (LengthBuckets.lowerBound(bucket) + LengthBuckets.lowerBound(bucket + 1) - 1) / 2;
    }
}
