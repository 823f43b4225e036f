package io.sessionizer.kafka.task;

import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.session.ClockRules;
import java.util.concurrent.TimeUnit;

/**
 * When a source publishes its clock to the partitions of the repartition topic. It does so only if it has processed a
 * record or passed a question since: its silence means that it is stalled.
 */
final class WatermarkSchedule {
    private static final long INTERVAL_MS_PER_SOURCE = 50;
    private static final long MAX_INTERVAL_MS = 1_000;
    /** Each source publishes to each partition. */
    private static final long MAX_WATERMARKS_PER_SECOND = 10_000;
    /** A task that takes over a partition of the repartition topic knows no source's clock. */
    private static final long REPEAT_MS = 5_000;

    private final long leastNanos;
    private final long intervalNanos;
    private final long repeatNanos;
    private boolean hasProgressed;
    private long publishedMs = ClockRules.NONE;
    private boolean isPublished;
    private long publishedAtNanos;

    /** @param sources number of sources, and of partitions of the repartition topic */
    WatermarkSchedule(int sources) {
        long leastMs = 1_000L * sources * sources / MAX_WATERMARKS_PER_SECOND;
        long intervalMs = Math.max(leastMs, Math.min(INTERVAL_MS_PER_SOURCE * sources, MAX_INTERVAL_MS));
        this.leastNanos = TimeUnit.MILLISECONDS.toNanos(leastMs);
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        this.repeatNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(REPEAT_MS, intervalMs));
    }

    /** The source has processed a record or passed a question. */
    void progressed() {
        hasProgressed = true;
    }

    /** Whether to publish the clock now; if so, it counts as published. */
    boolean isDue(PartitionClock clock, long nanos) {
        boolean isDue = hasProgressed && (!isPublished || nanos - publishedAtNanos >= waitNanos(clock));
        if (isDue) {
            hasProgressed = false;
            isPublished = true;
            publishedMs = clock.timeMs();
            publishedAtNanos = nanos;
        }
        return isDue;
    }

    private long waitNanos(PartitionClock clock) {
        if (clock.timeMs() == publishedMs) {
            return repeatNanos;
        }
        // the wall clock moves it once a second; records move it all the time
        return switch (clock.source()) {
            case WALL_CLOCK -> leastNanos;
            case EVENT_TIME -> intervalNanos;
        };
    }
}
