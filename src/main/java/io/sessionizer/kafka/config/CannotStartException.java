package io.sessionizer.kafka.config;

import java.util.List;

/** The service cannot start: a line for each problem, that says what is wrong and what to do. */
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param problems a line each, at least one */
    public CannotStartException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    /** One problem. */
    public CannotStartException(String problem) {
        this(List.of(problem));
    }

    /** The problems, a line each. */
    public List<String> problems() {
        return getMessage().lines().toList();
    }
}
