package io.sessionizer.kafka.state;

import java.util.concurrent.atomic.AtomicInteger;

/** Memory for timelines and deadlines, shared equally by all tasks of this process. Thread-safe. */
public final class CacheBudget {
    /** Deadlines get this part in addition: a deadline is smaller than a timeline, and most are never read. */
    private static final int DEADLINES_PART = 8;

    private static final long MIN_DEADLINE_BYTES = 32 << 10;
    private static final long MAX_DEADLINE_BYTES = 4 << 20;

    private final long bytes;
    private final AtomicInteger tasks = new AtomicInteger();

    /** @param bytes for the timelines of all tasks */
    public CacheBudget(long bytes) {
        this.bytes = bytes;
    }

    public void register() {
        tasks.incrementAndGet();
    }

    public void unregister() {
        tasks.decrementAndGet();
    }

    /** Current share of each task for its deadlines, in bytes; never so small that each access reads the disk. */
    long deadlineShare() {
        return Math.max(MIN_DEADLINE_BYTES, Math.min(MAX_DEADLINE_BYTES, share() / DEADLINES_PART));
    }

    /** Current share of each task for its timelines, in bytes. */
    public long share() {
        return bytes / Math.max(1, tasks.get());
    }
}
