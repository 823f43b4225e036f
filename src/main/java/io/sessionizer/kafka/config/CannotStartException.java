package io.sessionizer.kafka.config;

import java.util.List;

/** The service cannot start: one line per problem, with what is wrong and what to do. */
public final class CannotStartException extends RuntimeException {
    /** The prefix of each problem on standard error. */
    public static final String PREFIX = "sessionizer: cannot start: ";

    private static final long serialVersionUID = 1L;

    /** @param problems one line each, at least one */
    public CannotStartException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    /** One problem. */
    public CannotStartException(String problem) {
        this(List.of(problem));
    }

    /** Throws if there is a problem. */
    public static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CannotStartException(problems);
        }
    }

    /** The problems, one line each. */
    public List<String> problems() {
        return getMessage().lines().toList();
    }
}
