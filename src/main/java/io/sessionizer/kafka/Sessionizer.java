package io.sessionizer.kafka;

import java.time.Duration;

/** The running service: owner of the topology's {@code KafkaStreams}. */
public final class Sessionizer implements AutoCloseable {
    private final Settings settings;

    public Sessionizer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reaches the broker, creates or checks the topics, and starts.
     *
     * @throws CannotStartException with one line for the operator
     */
    public void start() {
        throw new UnsupportedOperationException(settings.toString());
    }

    /** Whether it runs with all its stores restored within {@code timeout}. */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Waits for the end: true after {@link #close()}, false when it gave up. */
    public boolean awaitEnd() throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Finishes the records in hand, commits, leaves the group. Idempotent. */
    @Override
    public void close() {}
}
