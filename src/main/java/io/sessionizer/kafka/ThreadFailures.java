package io.sessionizer.kafka;

import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.record.NewerFormatException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a crashed stream thread, a bounded number of times per hour: each replacement restores state, and repeated
 * crashes need an operator, not another retry. A failure that every replacement would meet again shuts down at once.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final long WINDOW_NANOS = Duration.ofHours(1).toNanos();
    private static final int MAX_DEPTH = 20;

    private final int maxReplacements;
    private final Consumer<String> onUnrecoverable;
    private final Deque<Long> times = new ArrayDeque<>();
    private boolean isShuttingDown;

    /**
     * @param maxReplacements maximum replacements per hour; an outage fails all threads together, so it should be proportional to
     * their number
     * @param onUnrecoverable receives the line for the operator before an unrecoverable failure shuts down; once
     */
    ThreadFailures(int maxReplacements, Consumer<String> onUnrecoverable) {
        this.maxReplacements = maxReplacements;
        this.onUnrecoverable = onUnrecoverable;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = System.nanoTime();
        while (!times.isEmpty() && now - times.peekFirst() > WINDOW_NANOS) {
            times.removeFirst();
        }
        LOG.debug("A stream thread crashed", failure);
        Optional<String> unrecoverable = unrecoverable(failure);
        if (unrecoverable.isPresent() || isShuttingDown) {
            unrecoverable.filter(line -> !isShuttingDown).ifPresent(this::shutDown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
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

    /** The other threads may meet the same. */
    private void shutDown(String line) {
        isShuttingDown = true;
        LOG.error("Shutting down: {}", line);
        onUnrecoverable.accept(line);
    }

    private static Optional<String> unrecoverable(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH)
                .filter(cause -> cause instanceof UnrecoverableException || cause instanceof NewerFormatException)
                .map(Throwable::getMessage)
                .findFirst();
    }

    private static String line(Throwable failure) {
        return Failure.inOneLine(failure);
    }
}
