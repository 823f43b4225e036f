package io.sessionizer.kafka;

import io.sessionizer.kafka.config.Failure;
import io.sessionizer.kafka.config.UnrecoverableException;
import io.sessionizer.record.NewerFormatException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a crashed stream thread, a bounded number of times per hour: each replacement restores state, and repeated
 * crashes need an operator, not another retry. A failure that every replacement would repeat shuts the service down
 * immediately.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final long WINDOW_NANOS = Duration.ofHours(1).toNanos();
    private static final int MAX_DEPTH = 20;
    /**
     * Longer than the time until a thread crashes again: a session timeout, and the work since the last commit.
     */
    private static final long SETTLED_NANOS = Duration.ofMinutes(1).toNanos();

    private final Consumer<Throwable> requireUsable;
    private final Consumer<String> onUnrecoverable;
    private final int maxReplacements;
    private final LongSupplier nanoTime;
    private final Deque<Long> times = new ArrayDeque<>();
    private boolean isShuttingDown;
    /** When everything was restored after the last crash, or else the time of the crash; empty before the first. */
    private Optional<Long> unsettledSince = Optional.empty();

    /**
     * @param requireUsable receives a failure, and throws if the disk, the topics or the rights no longer let the service work,
     *     which Kafka Streams reports as one of many failures; may ask the broker
     * @param onUnrecoverable receives the line for the operator before an unrecoverable failure shuts down; once
     * @param maxReplacements maximum replacements per hour; an outage fails all threads at the same time, so it should
     *     be proportional to their number
     * @param nanoTime measures elapsed time
     */
    ThreadFailures(
            Consumer<Throwable> requireUsable,
            Consumer<String> onUnrecoverable,
            int maxReplacements,
            LongSupplier nanoTime) {
        this.requireUsable = requireUsable;
        this.onUnrecoverable = onUnrecoverable;
        this.maxReplacements = maxReplacements;
        this.nanoTime = nanoTime;
    }

    /** All partitions of this instance are restored, by replaced threads if any. */
    synchronized void restored() {
        unsettledSince = unsettledSince.map(crashed -> nanoTime.getAsLong());
    }

    /** Why the instance may soon fail again, as a sentence; empty if it has worked for a while since the last crash. */
    synchronized Optional<String> readinessProblem() {
        return unsettledSince
                .filter(since -> nanoTime.getAsLong() - since < SETTLED_NANOS)
                .map(since -> "A stream thread has crashed within the last minute.");
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        LOG.debug("A stream thread crashed", failure);
        Optional<String> unrecoverable =
                unrecoverable(failure).or(() -> outOfMemory(failure)).or(() -> unusable(failure));
        return unrecoverable.isPresent() ? shutDown(unrecoverable.get()) : replaceOrGiveUp(failure);
    }

    private static Optional<String> unrecoverable(Throwable failure) {
        return causes(failure)
                .filter(cause -> cause instanceof UnrecoverableException || cause instanceof NewerFormatException)
                .map(Throwable::getMessage)
                .findFirst();
    }

    /** Other threads of the process may have failed too. */
    private static Optional<String> outOfMemory(Throwable failure) {
        return causes(failure)
                .filter(OutOfMemoryError.class::isInstance)
                .map(cause -> "-Xmx: the heap must have space for its partitions and records. Found: "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB, and " + cause.getMessage())
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_DEPTH);
    }

    private Optional<String> unusable(Throwable failure) {
        try {
            requireUsable.accept(failure);
        } catch (UnrecoverableException e) {
            return Optional.of(e.getMessage());
        } catch (KafkaException e) {
            LOG.debug("Could not check topics and rights", e);
        }
        return Optional.empty();
    }

    /** Other threads may report the same failure. */
    private synchronized StreamThreadExceptionResponse shutDown(String line) {
        if (!isShuttingDown) {
            isShuttingDown = true;
            LOG.error("Shutting down: {}", line);
            onUnrecoverable.accept(line);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private synchronized StreamThreadExceptionResponse replaceOrGiveUp(Throwable failure) {
        if (isShuttingDown) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        long now = nanoTime.getAsLong();
        unsettledSince = Optional.of(now);
        while (!times.isEmpty() && now - times.peekFirst() > WINDOW_NANOS) {
            times.removeFirst();
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

    private static String line(Throwable failure) {
        return Failure.inOneLine(failure);
    }
}
