package io.sessionizer.kafka;

import java.util.concurrent.atomic.AtomicInteger;

/** Memory for caches, in equal parts for all tasks that this process works on. For any number of threads. */
final class CacheBudget {
    private final long bytes;
    private final AtomicInteger sharers = new AtomicInteger();

    /** @param bytes for all together */
    CacheBudget(long bytes) {
        this.bytes = bytes;
    }

    void join() {
        sharers.incrementAndGet();
    }

    void leave() {
        sharers.decrementAndGet();
    }

    /** What each may take now, in bytes. */
    long share() {
        return bytes / Math.max(1, sharers.get());
    }
}
