package io.sessionizer.web.server;

import java.util.concurrent.Semaphore;

/**
 * Memory of responses that are being sent. One that is made for its request alone, such as a user's profile, stays in
 * memory until a slow client has read it.
 */
final class ResponseMemory {
    private static final int UNIT_BYTES = 1024;

    private final Semaphore units;

    /** @param bytes for all responses in progress */
    ResponseMemory(long bytes) {
        units = new Semaphore(Math.toIntExact(bytes / UNIT_BYTES));
    }

    /** Reserves memory for a response; false if too much is in use. */
    boolean reserve(int bytes) {
        return units.tryAcquire(unitsOf(bytes));
    }

    void release(int bytes) {
        units.release(unitsOf(bytes));
    }

    private static int unitsOf(int bytes) {
        return bytes / UNIT_BYTES + 1;
    }
}
