package io.sessionizer.record;

/** Stored bytes are of a format that only a newer version of this program reads. */
public final class NewerFormatException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for the operator, with the remedy */
    NewerFormatException(String message) {
        super(message);
    }
}
