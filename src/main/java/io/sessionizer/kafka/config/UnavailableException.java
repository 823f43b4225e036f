package io.sessionizer.kafka.config;

/** What was asked for can't be done at present, since the world is broken or the service is on its way up or down. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence, for whoever asked */
    public UnavailableException(String message) {
        super(message);
    }
}
