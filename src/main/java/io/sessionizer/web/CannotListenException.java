package io.sessionizer.web;

/** Why the server can't listen, in one line for the operator. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListenException(String line) {
        super(line);
    }
}
