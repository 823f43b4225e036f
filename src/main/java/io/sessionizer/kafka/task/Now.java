package io.sessionizer.kafka.task;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The time now, and the state of the tracking switch.
 *
 * @param wall the wall clock, epoch ms; not Kafka Streams' own time, which is not affected when the wall clock is
 *     changed
 * @param nanoTime elapsed time, in ns since an arbitrary moment
 * @param tracking whether session tracking is active
 */
public record Now(LongSupplier wall, LongSupplier nanoTime, BooleanSupplier tracking) {
    /** The wall clock, epoch ms. */
    public long wallMs() {
        return wall.getAsLong();
    }

    /** Whether session tracking is active. */
    public boolean isTracking() {
        return tracking.getAsBoolean();
    }
}
