package io.sessionizer.web.server;

import io.sessionizer.web.http.WebResponse;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Responds to requests that never reach a route, such as those with a header that is too large, in the form of all
 * other errors.
 */
final class JettyErrorHandler implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        WebResponse webResponse = WebResponse.error(response.getStatus(), sentence(response.getStatus()));
        ResponseSender.addSecurityHeaders(response);
        webResponse.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, webResponse.body().length);
        response.write(true, ByteBuffer.wrap(webResponse.body()), callback);
        return true;
    }

    private static String sentence(int status) {
        return switch (status) {
            case 408 -> "The request arrived too slowly.";
            case 413 -> "The body is too large.";
            case 414 -> "The address is too long.";
            case 431 -> "The headers are too large.";
            case 503 -> "The service is stopping.";
            case 505 -> "The protocol must be HTTP/1.1.";
            default ->
                status >= 500
                        ? "The service failed to process this request."
                        : "The request must be valid HTTP/1.1, without %00 in its path.";
        };
    }
}
