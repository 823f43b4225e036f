package io.sessionizer.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The clocks of the input partitions (sources) as known in one partition of the repartition topic. Its own clock is the
 * smallest of them, since partitions that are read at different speeds must not conclude each other's sessions. A
 * stalled source is left out, unless all are, until its clock is at most a minute behind the others' (specification,
 * section 3, Stalled partitions).
 */
public final class SourceClocks {
    private final long[] clocks;
    /** For how long each source has reported nothing, ms of {@link #live}. */
    private final long[] silentMs;

    private final boolean[] isLeftOut;
    private final long stalledAfterMs;
    private final long startedAt;

    /**
     * @param sources the number of sources, at least 1
     * @param clock the partition's own clock, epoch ms, or {@link ClockRules#NONE}
     * @param stalledAfterMs the number of ms without a report after which a source is stalled
     */
    public SourceClocks(int sources, long clock, long stalledAfterMs) {
        if (sources < 1) {
            throw new IllegalArgumentException("sources: must be at least 1. Found: " + sources);
        }
        this.clocks = new long[sources];
        Arrays.fill(clocks, ClockRules.NONE);
        this.silentMs = new long[sources];
        this.isLeftOut = new boolean[sources];
        this.stalledAfterMs = stalledAfterMs;
        this.startedAt = clock;
    }

    /**
     * A source has processed records or passed a question, and reports its clock.
     *
     * @param source 0 to the number of sources - 1; others are ignored: the topic had more partitions before
     * @param clock epoch ms, or {@link ClockRules#NONE}
     */
    public void reported(int source, long clock) {
        if (source < 0 || source >= clocks.length) {
            return;
        }
        boolean isFirst = clocks[source] == ClockRules.NONE;
        clocks[source] = clock;
        silentMs[source] = 0;
        if (isFirst && clock < startedAt - ClockRules.CLOCK_SKEW_MS) {
            // the partition's clock is past it, so the source was left out before this instance took over
            isLeftOut[source] = true;
        }
        if (isLeftOut[source] && clock >= smallestOfOthers(source) - ClockRules.CLOCK_SKEW_MS) {
            isLeftOut[source] = false;
        }
    }

    private long smallestOfOthers(int source) {
        long smallest = Long.MAX_VALUE;
        for (int other = 0; other < clocks.length; other++) {
            if (other != source && !isLeftOut[other]) {
                smallest = Math.min(smallest, clocks[other]);
            }
        }
        // the partition's own clock is there at least
        return smallest == Long.MAX_VALUE ? startedAt : Math.max(startedAt, smallest);
    }

    /** This many more ms have passed in which everything that was sent to the partition was read. */
    public void live(long ms) {
        for (int source = 0; source < clocks.length; source++) {
            silentMs[source] += ms;
            isLeftOut[source] |= silentMs[source] >= stalledAfterMs;
        }
    }

    /** The wall clock was ahead: no reported clock counts as later than {@code wall}, epoch ms. */
    public void limitTo(long wall) {
        for (int source = 0; source < clocks.length; source++) {
            clocks[source] = Math.min(clocks[source], wall);
        }
    }

    /**
     * The smallest clock of the sources that count, not later than the wall clock; {@link ClockRules#NONE} until all of
     * these have reported.
     */
    public long smallest(long wall) {
        long counted = Long.MAX_VALUE;
        long all = Long.MAX_VALUE;
        for (int source = 0; source < clocks.length; source++) {
            all = Math.min(all, clocks[source]);
            if (!isLeftOut[source]) {
                counted = Math.min(counted, clocks[source]);
            }
        }
        return Math.min(counted == Long.MAX_VALUE ? all : counted, wall);
    }

    /** The sources that are stalled and left out. */
    public List<Integer> leftOut() {
        List<Integer> leftOut = new ArrayList<>(0);
        for (int source = 0; source < clocks.length; source++) {
            if (isLeftOut[source]) {
                leftOut.add(source);
            }
        }
        return leftOut;
    }

    /** The source that holds back the others, and by how much; empty if all clocks are the same. */
    public Optional<HeldBack> heldBack() {
        int slowest = -1;
        long fastestMs = ClockRules.NONE;
        for (int source = 0; source < clocks.length; source++) {
            if (!isLeftOut[source]) {
                slowest = slowest < 0 || clocks[source] < clocks[slowest] ? source : slowest;
                fastestMs = Math.max(fastestMs, clocks[source]);
            }
        }
        return slowest < 0 || clocks[slowest] == ClockRules.NONE || clocks[slowest] == fastestMs
                ? Optional.empty()
                : Optional.of(new HeldBack(slowest, fastestMs - clocks[slowest]));
    }

    /**
     * The slowest source.
     *
     * @param source its number
     * @param ms how far its clock is behind the fastest one, in ms
     */
    public record HeldBack(int source, long ms) {}
}
