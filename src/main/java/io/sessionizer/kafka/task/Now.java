package io.sessionizer.kafka.task;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What holds at the moment.
 *
 * @param wall the wall clock, epoch ms; not Kafka Streams' own time, which runs steadily while the wall clock is set
 * @param nanoTime elapsed time, in ns since any fixed moment
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
