package io.sessionizer.kafka.config;

/**
 * A failure that another attempt would meet again or make worse: the service must stop until an operator decides. Its
 * message is one line with what is wrong and what to do.
 */
public final class UnrecoverableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param line for the operator; there is no stack trace, since the line is sufficient */
    public UnrecoverableException(String line) {
        super(line, null, false, false);
    }
}
