package io.sessionizer.session;

import java.util.Arrays;

/**
 * The clock behind a re-keying: that of the slowest source partition (contract section 3), since partitions read at
 * different speeds must not conclude each other's sessions. It does not move until every source has reported a clock.
 */
public final class SlowestSourceClock {
    private final long[] clocks;

    /**
     * @param sources how many source partitions there are, at least 1
     * @param clock where the clock was, epoch ms, which each source had at least reached; or {@link ClockRules#NONE}
     */
    public SlowestSourceClock(int sources, long clock) {
        if (sources < 1) {
            throw new IllegalArgumentException("sources: must be at least 1. Found: " + sources);
        }
        clocks = new long[sources];
        Arrays.fill(clocks, clock);
    }

    /**
     * Records a source's clock and returns the slowest one.
     *
     * @param source 0 to the number of sources - 1; others are ignored: the topic had more partitions before
     * @param clock epoch ms; a clock earlier than the known one changes nothing
     * @return epoch ms, or {@link ClockRules#NONE}
     */
    public long advance(int source, long clock) {
        if (source >= 0 && source < clocks.length && clock > clocks[source]) {
            clocks[source] = clock;
        }
        long slowest = Long.MAX_VALUE;
        for (long each : clocks) {
            slowest = Math.min(slowest, each);
        }
        return slowest;
    }
}
