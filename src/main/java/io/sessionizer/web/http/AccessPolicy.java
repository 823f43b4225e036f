package io.sessionizer.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Authorizes changes. Pages of other sites are denied. With a token, clients that present it are allowed. Without one,
 * clients on this machine are allowed if they use one of its loopback names: another name that resolves to this machine
 * indicates DNS rebinding.
 */
public final class AccessPolicy {
    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");
    private static final Pattern FORWARDED = Pattern.compile("forwarded|x-forwarded-.*|x-real-ip|via");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]+)");
    private static final String BEARER = "bearer ";

    private final Optional<byte[]> token;
    private final boolean isLoopbackOnly;

    /** @param host where the server listens */
    public AccessPolicy(Optional<String> token, String host) {
        this.token = token.map(AccessPolicy::hash);
        // with a token, the operator may use a proxy on this machine
        this.isLoopbackOnly = token.isEmpty() && isLoopbackName(new ListenHost(host).inUri());
    }

    /**
     * A server without a token that listens only on loopback accepts only loopback names: a page of another site whose
     * name resolves to this machine (DNS rebinding) must not read what local users may.
     *
     * @throws HttpException if the request is for another host name
     */
    void checkHost(WebRequest request) {
        if (isLoopbackOnly
                && request.header("host").filter(name -> !isLoopbackName(name)).isPresent()) {
            throw HttpException.of(
                    403, "This address answers to localhost alone, since http.host is this machine's own.");
        }
    }

    public boolean needsToken() {
        return token.isPresent();
    }

    /** @throws HttpException if the client may not make changes */
    void authorizeChange(WebRequest request) {
        if (isCrossSite(request)) {
            throw HttpException.of(403, "Changes are not taken from pages of another site.");
        }
        if (token.isPresent() && !presentsToken(request)) {
            throw HttpException.of(401, "Changes need the service's http.token, as in Authorization: Bearer <token>.");
        }
        denial(request).ifPresent(denial -> {
            throw HttpException.of(403, denial);
        });
    }

    /** Why the client may not make changes even with valid credentials; empty if it may. */
    public Optional<String> denial(WebRequest request) {
        if (token.isPresent()) {
            return Optional.empty();
        }
        if (request.isPeerRequest()) {
            return Optional.of("Instances take changes from each other only where http.token is set.");
        }
        boolean isLocal = request.caller().isLoopbackAddress()
                && request.header("host").filter(AccessPolicy::isLoopbackName).isPresent()
                && request.headers().keySet().stream().noneMatch(FORWARDED.asMatchPredicate());
        return isLocal
                ? Optional.empty()
                : Optional.of(
                        "Without http.token, changes are taken only from localhost on the service's own machine.");
    }

    private static boolean isLoopbackName(String host) {
        return LOOPBACK_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isCrossSite(WebRequest request) {
        boolean isFetchedByAnother = request.has("sec-fetch-site")
                && request.header("sec-fetch-site")
                        .filter(Set.of("same-origin", "none")::contains)
                        .isEmpty();
        return isFetchedByAnother || request.has("origin") && !isOwnOrigin(request);
    }

    private static boolean isOwnOrigin(WebRequest request) {
        var origin = ORIGIN.matcher(request.header("origin").orElse("").toLowerCase(Locale.ROOT));
        if (!origin.matches()) {
            return false;
        }
        String defaultPort = origin.group(1).equals("https") ? ":443" : ":80";
        String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
        return withoutPort(origin.group(2), defaultPort).equals(withoutPort(host, defaultPort));
    }

    private static String withoutPort(String host, String port) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    private boolean presentsToken(WebRequest request) {
        String presented = request.header("authorization").orElse("");
        return presented.toLowerCase(Locale.ROOT).startsWith(BEARER)
                // compares hashes, so that timing reveals nothing about the token, not even its length
                && MessageDigest.isEqual(
                        hash(presented.substring(BEARER.length()).trim()), token.orElseThrow());
    }

    private static byte[] hash(String token) {
        return Sha256.digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
