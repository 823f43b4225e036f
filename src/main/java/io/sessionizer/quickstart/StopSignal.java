package io.sessionizer.quickstart;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or SIGTERM. The main thread polls it and shuts everything down in order; the shutdown hook waits until that
 * is done.
 */
final class StopSignal {
    private static final long HOLD_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    private StopSignal() {}

    static StopSignal onSignal() {
        StopSignal stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::hold, "stop-signal"));
        return stop;
    }

    boolean isRequested() {
        return requested;
    }

    /** The shutdown is complete. */
    void finished() {
        finished.countDown();
    }

    private void hold() {
        requested = true;
        try {
            finished.await(HOLD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
