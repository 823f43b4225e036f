package io.sessionizer.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A partition's clock, and its steps: the earlier values that sessions still need because they are due but have not
 * concluded yet. A session concludes at the step that made it due, even if a batch writes the conclusion after the
 * clock has advanced (specification, section 2, Late events). Steps are exact up to {@value #MAX_STEPS} of them; if
 * there are more, every second one is dropped. Not thread-safe.
 */
public final class ClockSteps {
    /** 256 kB at 8 bytes each. */
    static final int MAX_STEPS = 1 << 15;

    /** If there are more steps than this, only some are stored. */
    static final int MAX_STORED = 1_000;

    private long[] steps = new long[8];
    /** The first step that is kept; the clock is at {@code end - 1}, and steps ascend. */
    private int first;

    private int end;

    private ClockSteps() {}

    /**
     * A clock without earlier steps.
     *
     * @param clock epoch ms, or {@link ClockRules#NONE}
     */
    public static ClockSteps at(long clock) {
        return of(List.of(), clock);
    }

    /**
     * A clock as it was stored.
     *
     * @param earlier the steps before it, ascending, epoch ms
     * @param clock epoch ms, or {@link ClockRules#NONE}; after the last of them
     */
    public static ClockSteps of(List<Long> earlier, long clock) {
        ClockSteps clockSteps = new ClockSteps();
        earlier.forEach(clockSteps::add);
        clockSteps.add(clock);
        return clockSteps;
    }

    /**
     * The steps before the clock, to be stored with it: all that are kept or, if there are more than
     * {@value #MAX_STORED}, an evenly spread selection. Sessions that were due at an omitted step conclude at a later
     * one.
     *
     * @return ascending, epoch ms
     */
    public List<Long> earlier() {
        // rounded up
        int interval = (size() - 1 + MAX_STORED - 1) / MAX_STORED;
        List<Long> earlier = new ArrayList<>(0);
        for (int i = end - 2; i >= first; i -= interval) {
            earlier.add(steps[i]);
        }
        Collections.reverse(earlier);
        return earlier;
    }

    /** The clock, epoch ms, or {@link ClockRules#NONE}. */
    public long now() {
        return steps[end - 1];
    }

    /** Number of steps that are kept, at least 1. */
    int size() {
        return end - first;
    }

    /**
     * The step at which the sessions that conclude after this time became due.
     *
     * @param time epoch ms, before {@link #now}
     * @return the earliest step that is kept and past this time, epoch ms
     */
    public long firstAfter(long time) {
        int found = Arrays.binarySearch(steps, first, end, time);
        return steps[found < 0 ? -found - 1 : found + 1];
    }

    /**
     * Advances the clock.
     *
     * @param to epoch ms, after {@link #now}
     */
    public void advance(long to) {
        if (to <= now()) {
            throw new IllegalArgumentException("clock: must be after " + now() + ". Found: " + to);
        }
        add(to);
    }

    /**
     * Drops the steps that are no longer needed.
     *
     * @param earliestPending the earliest deadline that is due and not concluded yet, epoch ms; {@link #now} if none is
     */
    public void dropUpTo(long earliestPending) {
        while (first < end - 1 && steps[first] <= earliestPending) {
            first++;
        }
    }

    /**
     * Sets back a clock that was ahead. Sessions that were due at a later step are due at this one.
     *
     * @param to epoch ms, before {@link #now}
     */
    public void setBack(long to) {
        while (first < end && steps[end - 1] >= to) {
            end--;
        }
        add(to);
    }

    private void add(long step) {
        if (end == steps.length) {
            makeRoom();
        }
        steps[end++] = step;
    }

    private void makeRoom() {
        if (size() == MAX_STEPS) {
            dropEverySecond();
            return;
        }
        // at least as much room as there are steps, or steps that come and go would be moved each time
        int capacity = Math.min(MAX_STEPS, Math.max(8, 2 * size()));
        long[] moved = capacity == steps.length ? steps : new long[capacity];
        System.arraycopy(steps, first, moved, 0, size());
        end = size();
        first = 0;
        steps = moved;
    }

    /** All but the last of two neighbours, so that no session concludes at a step that did not make it due. */
    private void dropEverySecond() {
        int kept = 0;
        for (int i = first + 1; i < end; i += 2) {
            steps[kept++] = steps[i];
        }
        first = 0;
        end = kept;
    }
}
