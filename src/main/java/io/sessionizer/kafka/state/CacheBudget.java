package io.sessionizer.kafka.state;

import java.util.concurrent.atomic.AtomicInteger;

/** Memory for caches, in equal parts for all tasks that this process works on. For any number of threads. */
public final class CacheBudget {
    private final long bytes;
    private final AtomicInteger tasks = new AtomicInteger();

    /** @param bytes for all together */
    public CacheBudget(long bytes) {
        this.bytes = bytes;
    }

    public void register() {
        tasks.incrementAndGet();
    }

    public void unregister() {
        tasks.decrementAndGet();
    }

    /** What each may take now, in bytes. */
    long share() {
        return bytes / Math.max(1, tasks.get());
    }
}
