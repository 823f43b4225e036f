package io.sessionizer.web;

import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.access.PeerSignature;
import io.sessionizer.web.access.PeerSignature.PeerCall;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.PercentEncoding;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests a user that is not found here from the other instances, one after the other, each once. The request is
 * marked, so that an instance responds from its own state and asks no other. With a token, requests and responses are
 * signed.
 */
final class PeerClient {
    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final long TOTAL_TIMEOUT_NS = Duration.ofSeconds(8).toNanos();

    private static final int MAX_BODY_BYTES = 4 << 20;

    private final Optional<PeerSignature> signature;
    private final Set<String> mismatches = ConcurrentHashMap.newKeySet();
    private final HttpClient client;

    /** @param signature signs requests and verifies responses; empty if all instances are on this machine */
    PeerClient(Executor executor, Optional<PeerSignature> signature) {
        this.signature = signature;
        client = HttpClient.newBuilder()
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                // a proxy configured for the JVM must not see users
                .proxy(HttpClient.Builder.NO_PROXY)
                .build();
    }

    /**
     * The first response of an instance that has the user; empty if all have responded that they don't.
     *
     * @param method GET or DELETE
     * @param hosts {@code host:port}, the likeliest first
     * @throws HttpException with 503 if no instance has the user and some did not respond
     */
    Optional<WebResponse> find(String method, byte[] user, List<String> hosts) {
        boolean haveAllAnswered = true;
        long start = System.nanoTime();
        for (String host : hosts) {
            PeerCall call = new PeerCall(method, host, user);
            Optional<HttpResponse<byte[]>> response =
                    System.nanoTime() - start < TOTAL_TIMEOUT_NS ? ask(call) : Optional.empty();
            int status = response.map(HttpResponse::statusCode).orElse(503);
            if (status == 200 || status == 202) {
                return response.map(found -> WebResponse.json(status, found.body()));
            }
            haveAllAnswered &= status == 404;
        }
        if (!haveAllAnswered) {
            throw notAvailable();
        }
        return Optional.empty();
    }

    /** Empty if there is no response in time, or none that is known to be from an instance of the service. */
    private Optional<HttpResponse<byte[]>> ask(PeerCall call) {
        if (signature.isEmpty() && !AccessSettings.isLoopbackAddress(call.target())) {
            // a process that joins the consumer group may advertise any address
            return Optional.empty();
        }
        String header = signature.map(signing -> signing.sign(call)).orElse("1");
        Optional<HttpResponse<byte[]>> response = request(call, header).flatMap(this::send);
        boolean isTrusted = signature.isEmpty()
                || response.filter(found -> isSigned(found, header)).isPresent();
        if (isTrusted) {
            mismatches.remove(call.target());
            return response;
        }
        boolean isOfAnotherToken =
                response.filter(found -> found.statusCode() == 401).isPresent();
        if (isOfAnotherToken && mismatches.add(call.target())) {
            LOG.warn(
                    "http.token: must be the same on all instances, and their clocks must agree. Found: another at {}",
                    call.target());
        }
        return Optional.empty();
    }

    private boolean isSigned(HttpResponse<byte[]> response, String header) {
        Optional<String> found = response.headers().firstValue(WebResponse.PEER_HEADER);
        return signature.orElseThrow().isOfResponse(found, header, response.statusCode(), response.body());
    }

    /** The response if it is unknown whether the user exists. */
    static HttpException notAvailable() {
        return HttpException.of(503, "The user is moving between instances, or the user's instance can't be reached.");
    }

    /** Empty if the advertised address is not valid in a URI, such as a host name with an underscore. */
    private static Optional<HttpRequest> request(PeerCall call, String header) {
        try {
            URI uri =
                    URI.create("http://" + call.target() + "/api/profiles?user=" + PercentEncoding.encode(call.user()));
            return Optional.of(HttpRequest.newBuilder(uri)
                    .timeout(REQUEST_TIMEOUT)
                    .header(WebRequest.PEER_HEADER, header)
                    .method(call.method(), HttpRequest.BodyPublishers.noBody())
                    .build());
        } catch (IllegalArgumentException e) {
            LOG.debug("Can't ask {}", call.target(), e);
            return Optional.empty();
        }
    }

    /** Empty if there is no response in time. */
    private Optional<HttpResponse<byte[]>> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, info -> new BoundedBody(MAX_BODY_BYTES));
        try {
            // the request's own time limit ends with the headers
            return Optional.of(response.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("No response from {}", request.uri().getAuthority(), e);
            response.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.cancel(true);
            return Optional.empty();
        }
    }
}
