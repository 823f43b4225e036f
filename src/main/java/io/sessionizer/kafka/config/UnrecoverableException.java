package io.sessionizer.kafka.config;

/** A failure of a stream thread that a replacement of the thread would repeat or make worse: the service must shut down. */
public final class UnrecoverableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for the operator */
    public UnrecoverableException(String message) {
        super(message);
    }
}
