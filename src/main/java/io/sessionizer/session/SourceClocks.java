package io.sessionizer.session;

import java.util.Arrays;

/**
 * The clock behind a re-keying: that of the slowest source partition (contract section 3), since partitions read at
 * different speeds must not conclude each other's sessions. Until every source has been heard of, it does not move.
 */
public final class SourceClocks {
    private final long[] clocks;

    /**
     * @param sources how many source partitions there are, at least 1
     * @param clock where the clock stood, epoch ms; each source stood there at least, or {@link ClockRules#NONE}
     */
    public SourceClocks(int sources, long clock) {
        if (sources < 1) {
            throw new IllegalArgumentException("sources: must be at least 1. Found: " + sources);
        }
        clocks = new long[sources];
        Arrays.fill(clocks, clock);
    }

    /**
     * Takes notice of a source's clock and tells the slowest one.
     *
     * @param source 0 to the number of sources - 1; others are ignored, as they are of a topic that has since shrunk
     * @param clock epoch ms; an earlier one than before changes nothing
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
