package io.sessionizer.guarantee.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions that have no one to wake the waiter, such as another process's log. */
public final class PollingWait {
    private static final long POLL_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private PollingWait() {}

    /** @throws AssertionError if {@code condition} does not hold within {@code timeout} */
    public static void until(String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(what + ": must be so within " + timeout + ". Found: not so");
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
    }
}
