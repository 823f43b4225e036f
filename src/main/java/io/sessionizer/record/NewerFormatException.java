package io.sessionizer.record;

/** Stored bytes have a format that only a newer version of this program can read. */
public final class NewerFormatException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message one line for the operator, with the remedy */
    NewerFormatException(String message) {
        super(message);
    }
}
