package io.sessionizer.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What lengths of sessions look like, read from {@link SessionStats}.
 *
 * <p>How exact: lengths below a minute are counted by the second, and exact. A longer one is told as the middle of its
 * step of {@link LengthBuckets}, so it is off by at most half the step: 4 % below 24 hours, 13 % below 7 days. Longer than
 * 7 days is told as 7 days. Where all lengths lie in one step, their mean is told, which the sum gives to the second.
 */
public final class LengthDistribution {
    /** The shortest length of each class, in seconds; the last has no upper bound. */
    static final long[] CLASSES = {0, 1, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200};

    private final SessionStats figures;

    public LengthDistribution(SessionStats figures) {
        this.figures = figures;
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
            int end = isLast ? LengthBuckets.COUNT : LengthBuckets.of(CLASSES[i + 1]);
            long sessions = 0;
            for (int step = LengthBuckets.of(CLASSES[i]); step < end; step++) {
                sessions += figures.ofLength(step);
            }
            OptionalLong to = isLast ? OptionalLong.empty() : OptionalLong.of(CLASSES[i + 1] - 1);
            classes.add(new LengthClass(CLASSES[i], to, sessions));
        }
        return classes;
    }

    /** The middle one, or the mean of the two in the middle, in seconds; empty where there is no session. */
    public OptionalLong median() {
        long count = figures.sessions();
        return count == 0
                ? OptionalLong.empty()
                : OptionalLong.of((atRank((count + 1) / 2) + atRank(count / 2 + 1)) / 2);
    }

    /** The shortest length that 90 % of the sessions are no longer than, in seconds; empty where there is no session. */
    public OptionalLong p90() {
        long count = figures.sessions();
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(atRank(count - count / 10));
    }

    /** The length of the session that is {@code rank}th when they stand by length, 1 to their number. */
    private long atRank(long rank) {
        long seen = 0;
        for (int step = 0; step < LengthBuckets.COUNT; step++) {
            long here = figures.ofLength(step);
            seen += here;
            if (seen >= rank) {
                return here == figures.sessions() ? figures.lengthSeconds() / here : middle(step);
            }
        }
        throw new IllegalStateException("lengths: must be as many as sessions. Found: " + seen + " of " + figures);
    }

    private static long middle(int step) {
        return step == LengthBuckets.COUNT - 1
                ? LengthBuckets.from(step)
                : (LengthBuckets.from(step) + LengthBuckets.from(step + 1) - 1) / 2;
    }
}
