package io.sessionizer.kafka.config;

/**
 * A failure that a retry would repeat or make worse: the service must stop until an operator decides. Its message is
 * one line that says what is wrong and what to do.
 */
public final class UnrecoverableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param line for the operator; there is no stack trace, since the line is sufficient */
    public UnrecoverableException(String line) {
        super(line, null, false, false);
    }
}
