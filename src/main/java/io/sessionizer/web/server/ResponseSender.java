package io.sessionizer.web.server;

import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.ServiceUnavailableException;
import io.sessionizer.web.http.WebResponse;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends exactly one response to a request, even if its action fails.
 *
 * @param finish applied to each response before it is sent
 */
record ResponseSender(Request request, Response response, Callback callback, UnaryOperator<WebResponse> finish) {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseSender.class);

    /** Headers of every response. A page may load resources only from this server, and must not be framed. */
    private static final Map<String, String> SECURITY_HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    /** Adds the headers that every response has. */
    static void addSecurityHeaders(Response response) {
        SECURITY_HEADERS.forEach(response.getHeaders()::put);
    }

    ResponseSender with(Callback other, UnaryOperator<WebResponse> otherFinish) {
        return new ResponseSender(request, response, other, otherFinish);
    }

    /**
     * Runs an action that sends the response; sends an error if it throws.
     *
     * @param route for the log, instead of the path, which contains the user
     */
    void attempt(String route, Runnable action) {
        try {
            action.run();
        } catch (HttpException httpException) {
            send(httpException.toResponse());
        } catch (ServiceUnavailableException unavailable) {
            send(HttpException.of(503, unavailable.getMessage()).toResponse());
        } catch (RuntimeException | Error e) {
            // on this thread no other handler would complete the response
            LOG.error("{} failed", route, e);
            send(WebResponse.error(500, "The service failed to process this request. Its log has the details."));
        }
    }

    void send(WebResponse given) {
        WebResponse webResponse = finish.apply(given);
        response.setStatus(webResponse.status());
        addSecurityHeaders(response);
        webResponse.headers().forEach(response.getHeaders()::put);
        boolean hasBody = webResponse.status() != 304;
        if (hasBody) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, webResponse.body().length);
        }
        boolean isSent = hasBody && !request.getMethod().equals("HEAD");
        response.write(true, isSent ? ByteBuffer.wrap(webResponse.body()) : ByteBuffer.allocate(0), callback);
    }
}
