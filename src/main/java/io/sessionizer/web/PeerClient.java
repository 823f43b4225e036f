package io.sessionizer.web;

import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.PercentEncoding;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other instances for a user that is not found here, one after the other, each once. The request is marked, so
 * that an instance answers from its own state and asks no other.
 */
final class PeerClient {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final long TOTAL_TIMEOUT_NS = Duration.ofSeconds(8).toNanos();

    private final HttpClient client;

    PeerClient(Executor executor) {
        client = HttpClient.newBuilder()
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                // a proxy configured for the JVM must not see users or tokens
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /**
     * The first response of an instance that has the user; empty if all have responded that they don't.
     *
     * @param webRequest whose method, and token if any, are forwarded
     * @param hosts {@code host:port}, the likeliest first
     * @throws HttpException with 503 if no instance has the user and some did not respond
     */
    Optional<WebResponse> find(WebRequest webRequest, byte[] user, List<String> hosts) {
        boolean haveAllAnswered = true;
        long start = System.nanoTime();
        for (String host : hosts) {
            Optional<HttpResponse<byte[]>> response = System.nanoTime() - start < TOTAL_TIMEOUT_NS
                    ? request(webRequest, user, host).flatMap(this::send)
                    : Optional.empty();
            int status = response.map(HttpResponse::statusCode).orElse(503);
            if (status == 200 || status == 202) {
                return response.map(found -> WebResponse.json(status, found.body()));
            }
            if (status == 401 || status == 403) {
                throw HttpException.of(503, "The instance that may hold the user has another http.token.");
            }
            haveAllAnswered &= status == 404;
        }
        if (!haveAllAnswered) {
            throw notAvailable();
        }
        return Optional.empty();
    }

    /** The response if it is unknown whether the user exists. */
    static HttpException notAvailable() {
        return HttpException.of(
                503, "The user is moving between instances, or the instance that holds it can't be reached.");
    }

    /** Empty if the advertised address is not valid in a URI, such as a host name with an underscore. */
    private static Optional<HttpRequest> request(WebRequest webRequest, byte[] user, String host) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://" + host + "/api/profiles?user=" + PercentEncoding.encode(user)))
                    .timeout(REQUEST_TIMEOUT)
                    .header(WebRequest.PEER_HEADER, "1")
                    .method(
                            webRequest.method().equals("HEAD") ? "GET" : webRequest.method(),
                            HttpRequest.BodyPublishers.noBody());
            webRequest.header("authorization").ifPresent(credentials -> request.header("Authorization", credentials));
            return Optional.of(request.build());
        } catch (IllegalArgumentException e) {
            LOG.debug("Can't ask {}", host, e);
            return Optional.empty();
        }
    }

    /** Empty if there is no response in time. */
    private Optional<HttpResponse<byte[]>> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            // the request's own time limit ends with the headers
            return Optional.of(response.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("No answer from {}", request.uri().getAuthority(), e);
            response.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.cancel(true);
            return Optional.empty();
        }
    }
}
