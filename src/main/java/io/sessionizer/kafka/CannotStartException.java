package io.sessionizer.kafka;

/** The service cannot start; the message is one line that says why and what to do. */
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        super(message);
    }
}
