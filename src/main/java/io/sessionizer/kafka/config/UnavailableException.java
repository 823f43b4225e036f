package io.sessionizer.kafka.config;

/** The request cannot be served at present, since the broker is unavailable or the service is starting or stopping. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the caller */
    public UnavailableException(String message) {
        super(message);
    }
}
