package io.sessionizer.kafka;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** How an instance ended: on request, by a failure, or because an operator must decide. Thread-safe. */
final class RunEnd {
    private final CountDownLatch ended = new CountDownLatch(1);
    private Optional<String> stopReason = Optional.empty();
    private boolean hasFailed;

    void succeed() {
        ended.countDown();
    }

    synchronized void fail() {
        hasFailed = true;
        ended.countDown();
    }

    /** Keeps the first reason, one line for the operator: later ones are its consequences. */
    synchronized void stop(String reason) {
        if (stopReason.isEmpty()) {
            stopReason = Optional.of(reason);
        }
        fail();
    }

    /** Waits for the end: true if it was on request. */
    boolean await() throws InterruptedException {
        ended.await();
        synchronized (this) {
            return !hasFailed;
        }
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Why it has stopped until an operator decides, in one line; empty if it has not. */
    synchronized Optional<String> stopReason() {
        return stopReason;
    }
}
