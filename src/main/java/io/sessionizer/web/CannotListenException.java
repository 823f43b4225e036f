package io.sessionizer.web;

/** The server can't bind its address; the message is one line for the operator. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListenException(String line) {
        super(line);
    }
}
