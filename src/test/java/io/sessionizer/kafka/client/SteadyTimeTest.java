package io.sessionizer.kafka.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private final SteadyTime time = new SteadyTime();

    @Test
    void startsAtTheWallClock_andAdvancesWithElapsedTime() {
        long before = System.currentTimeMillis();
        long ms = time.milliseconds();
        assertTrue(Math.abs(ms - before) < 5_000, "ms: must be about " + before + ". Found: " + ms);
        long nanos = time.nanoseconds();
        time.sleep(20);
        long elapsedMs = (time.nanoseconds() - nanos) / 1_000_000;
        assertTrue(time.milliseconds() - ms >= Math.min(20, elapsedMs), "ms that have passed");
    }

    @Test
    void waitsUntilTheConditionHolds() throws InterruptedException {
        AtomicBoolean isSet = new AtomicBoolean();
        Object lock = new Object();
        Thread setter = new Thread(() -> {
            synchronized (lock) {
                isSet.set(true);
                lock.notifyAll();
            }
        });
        setter.start();
        time.waitObject(lock, isSet::get, time.milliseconds() + 60_000);
        assertTrue(isSet.get());
        setter.join();
    }
}
