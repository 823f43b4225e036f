package io.sessionizer.kafka.config;

/**
 * The request cannot be served, since the brokers deny the service a right that it needs: a retry would be denied too.
 */
public final class NotAuthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the caller, which names the right that is missing */
    public NotAuthorizedException(String message) {
        super(message, null, false, false);
    }
}
