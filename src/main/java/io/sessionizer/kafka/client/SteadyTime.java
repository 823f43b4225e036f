package io.sessionizer.kafka.client;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The time that Kafka Streams schedules by: the wall clock at startup, and from then on elapsed time. With the wall
 * clock itself, no punctuation would happen after it is set back, until it reaches its earlier time again.
 */
public final class SteadyTime implements Time {
    private final long startMs = SYSTEM.milliseconds();
    private final long startNanos = SYSTEM.nanoseconds();

    @Override
    public long milliseconds() {
        return startMs + TimeUnit.NANOSECONDS.toMillis(nanoseconds() - startNanos);
    }

    @Override
    public long nanoseconds() {
        return SYSTEM.nanoseconds();
    }

    @Override
    public void sleep(long ms) {
        SYSTEM.sleep(ms);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) throws InterruptedException {
        long nowMs = milliseconds();
        SYSTEM.waitObject(object, condition, SYSTEM.milliseconds() + (deadlineMs - nowMs));
    }
}
