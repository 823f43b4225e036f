package io.sessionizer.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides who may change anything. A page of another site may not, whoever looks at it. With a token, who shows it may.
 * Without one, whoever is on this machine, and has asked for it by one of its own names: a name of somebody else's that
 * leads here is DNS rebinding.
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
        // with a token somebody has thought of who comes, such as a proxy on this machine
        this.isLoopbackOnly = token.isEmpty() && isLoopbackName(host.contains(":") ? "[" + host + "]" : host);
    }

    /**
     * A server without a token that listens to its own machine alone answers to the names of that alone: a page of another site, whose name
     * was made to lead here (DNS rebinding), is not to read what a visitor of this machine may.
     *
     * @throws HttpException where the request is for another name
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

    /** @throws HttpException where the caller may not change anything */
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

    /** Why the caller may not change anything even with all it could show; empty where it may. */
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
                // of hashes, so that the time it takes tells nothing of the token, not even its length
                && MessageDigest.isEqual(
                        hash(presented.substring(BEARER.length()).trim()), token.orElseThrow());
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java has it", e);
        }
    }
}
