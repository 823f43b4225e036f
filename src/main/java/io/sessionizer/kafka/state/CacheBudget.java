package io.sessionizer.kafka.state;

import java.util.concurrent.atomic.AtomicInteger;

/** Cache memory, shared equally by all tasks of this process. Thread-safe. */
public final class CacheBudget {
    private final long bytes;
    private final AtomicInteger tasks = new AtomicInteger();

    /** @param bytes total for all tasks */
    public CacheBudget(long bytes) {
        this.bytes = bytes;
    }

    public void register() {
        tasks.incrementAndGet();
    }

    public void unregister() {
        tasks.decrementAndGet();
    }

    /** Current share of each task, in bytes. */
    long share() {
        return bytes / Math.max(1, tasks.get());
    }
}
