package io.sessionizer.web.http;

import java.util.Map;

/** An HTTP error with its status and the sentence for the client. Not a bug, so it is not logged. */
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private HttpException(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    public static HttpException of(int status, String sentence) {
        return new HttpException(status, sentence);
    }

    public static HttpException badRequest(String sentence) {
        return new HttpException(400, sentence);
    }

    public WebResponse toResponse() {
        WebResponse response = WebResponse.error(status, getMessage());
        return switch (status) {
            case 401 -> response.with(Map.of("WWW-Authenticate", "Bearer"));
            case 503 -> response.with(Map.of("Retry-After", "1"));
            default -> response;
        };
    }
}
