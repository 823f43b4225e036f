package io.sessionizer.kafka;

import io.sessionizer.kafka.config.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a crashed stream thread, a bounded number of times per hour: each replacement restores state, and repeated
 * crashes need an operator, not another retry.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final long WINDOW_NANOS = Duration.ofHours(1).toNanos();

    private final int maxReplacements;
    private final Deque<Long> times = new ArrayDeque<>();

    /**
     * @param maxReplacements maximum replacements per hour; an outage fails all threads together, so it should be proportional to
     * their number
     */
    ThreadFailures(int maxReplacements) {
        this.maxReplacements = maxReplacements;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.peekFirst() > WINDOW_NANOS) {
            times.removeFirst();
        }
        LOG.debug("A stream thread crashed", failure);
        if (times.size() >= maxReplacements) {
            LOG.error(
                    "A stream thread crashed: {}. Giving up after {} replacements within an hour",
                    line(failure),
                    maxReplacements);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        times.addLast(now);
        LOG.error(
                "A stream thread crashed: {}. Replacing it, {} of {} within an hour",
                line(failure),
                times.size(),
                maxReplacements);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static String line(Throwable failure) {
        return Failure.inOneLine(failure);
    }
}
