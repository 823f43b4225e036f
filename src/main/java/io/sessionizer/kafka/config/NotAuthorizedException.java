package io.sessionizer.kafka.config;

/** The request cannot be served, since the brokers refuse it to the service: another try is refused as well. */
public final class NotAuthorizedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the caller, which names the right that is missing */
    public NotAuthorizedException(String message) {
        super(message, null, false, false);
    }
}
