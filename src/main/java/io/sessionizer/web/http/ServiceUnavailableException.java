package io.sessionizer.web.http;

/** The service is temporarily unavailable, for example just after startup: the client should retry (503). */
public final class ServiceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence for the client: no internals */
    public ServiceUnavailableException(String sentence) {
        super(sentence, null, false, false);
    }
}
