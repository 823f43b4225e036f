package io.sessionizer.web.access;

import io.sessionizer.web.access.AccessSettings.ReadAccess;
import io.sessionizer.web.access.PeerSignature.PeerCall;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.Route.Kind;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Admits requests. Pages of other sites can neither read nor change anything. With a token, clients that present it may make
 * changes, and instances sign their requests to each other. Without one, only this machine may, under one of its loopback
 * names and not through a proxy.
 */
public final class AccessPolicy {
    private static final Pattern FORWARDED = Pattern.compile("forwarded|x-forwarded-.*|x-real-ip|via");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]+)");
    private static final String BEARER = "bearer ";

    private final AccessSettings settings;
    private final Optional<AccessToken> token;
    private final Optional<PeerSignature> signature;
    private final HostNames names;
    private final String address;

    /**
     * @param ownNames the names of the service, in addition to those that are configured
     * @param address {@code host:port} that other instances know this one by
     */
    public AccessPolicy(AccessSettings settings, Set<String> ownNames, String address) {
        this.settings = settings;
        this.token = settings.token()
                .map(AccessToken::of)
                .or(() -> settings.tokenFile().map(AccessToken::in));
        this.signature = token.map(secret -> new PeerSignature(secret, Clock.systemUTC()));
        this.address = address;
        Set<String> all = new HashSet<>(settings.names());
        all.addAll(ownNames);
        all.add(address);
        this.names = new HostNames(all);
    }

    /** {@code host:port} that other instances know this one by. */
    public String address() {
        return address;
    }

    /** @throws HttpException if the request is not admitted to a route of this kind */
    public void admit(WebRequest request, Kind kind) {
        if (request.isPeerRequest()) {
            authorizePeer(request, kind);
            return;
        }
        if (!kind.isForAnyHost()) {
            checkHost(request);
        }
        switch (kind) {
            case PAGE, PROBE -> {}
            case METRICS, DATA, BOARD, LOOKUP -> authorizeRead(request);
            case CHANGE -> authorizeChange(request);
        }
    }

    private void checkHost(WebRequest request) {
        if (request.header("host").filter(name -> !names.areFor(name)).isPresent()) {
            throw HttpException.of(403, "The host name must be one of http.names.");
        }
    }

    private void authorizePeer(WebRequest request, Kind kind) {
        boolean isAsked =
                kind == Kind.LOOKUP || kind == Kind.CHANGE && request.method().equals("DELETE");
        if (!isAsked) {
            throw HttpException.of(403, "Instances request only users from each other.");
        }
        if (signature.isEmpty()) {
            if (!isLocal(request)) {
                throw HttpException.of(
                        403, "Without http.token, only instances on the same machine may send requests to this one.");
            }
            return;
        }
        byte[] user = request.parameter("user").orElse("").getBytes(StandardCharsets.UTF_8);
        PeerCall call = new PeerCall(request.method(), address, user);
        if (!signature.get().isOf(request.header(WebRequest.PEER_HEADER).orElse(""), call)) {
            throw HttpException.of(401, "All instances must have the same http.token and synchronized clocks.");
        }
    }

    private void authorizeRead(WebRequest request) {
        if (isCrossSite(request)) {
            throw HttpException.of(403, "Pages of another site may not read.");
        }
        boolean isAdmitted = settings.reads() == ReadAccess.OPEN
                || presentsToken(request)
                || proxyUser(request).isPresent();
        if (!isAdmitted) {
            throw settings.reads() == ReadAccess.TOKEN
                    ? HttpException.of(
                            401, "Reading requires the service's http.token, as in Authorization: Bearer <token>.")
                    : HttpException.of(403, "Reading requires authentication by the proxy in front of the service.");
        }
    }

    private void authorizeChange(WebRequest request) {
        if (isCrossSite(request)) {
            throw HttpException.of(403, "Pages of another site may not make changes.");
        }
        if (token.isPresent() && !presentsToken(request)) {
            throw HttpException.of(
                    401, "Changes require the service's http.token, as in Authorization: Bearer <token>.");
        }
        denial(request).ifPresent(denial -> {
            throw HttpException.of(403, denial);
        });
    }

    public boolean needsToken() {
        return token.isPresent();
    }

    /** Signs requests to other instances; empty if there is no token: then they accept them from this machine only. */
    public Optional<PeerSignature> signature() {
        return signature;
    }

    /** Why the client may not make changes even with valid credentials; empty if it may. */
    public Optional<String> denial(WebRequest request) {
        return token.isPresent() || isLocal(request)
                ? Optional.empty()
                : Optional.of(
                        "Without http.token, changes are accepted only from localhost on the service's own machine.");
    }

    /** The user authenticated by the proxy; empty if the request did not come through it. */
    public Optional<String> proxyUser(WebRequest request) {
        boolean isFromProxy = settings.reads() == ReadAccess.PROXY
                && settings.proxy().addresses().stream().anyMatch(range -> range.contains(request.caller()));
        return isFromProxy
                ? request.header(settings.proxy().userHeader()).filter(user -> !user.isBlank())
                : Optional.empty();
    }

    /** The response, signed if another instance has requested it. */
    public WebResponse signed(WebRequest request, WebResponse response) {
        Optional<String> asked = request.header(WebRequest.PEER_HEADER);
        return signature.isPresent() && asked.isPresent()
                ? response.with(Map.of(
                        WebResponse.PEER_HEADER,
                        signature.get().signResponse(asked.get(), response.status(), response.body())))
                : response;
    }

    private boolean isLocal(WebRequest request) {
        return request.caller().isLoopbackAddress()
                && request.header("host").filter(HostNames::isLoopback).isPresent()
                && !request.has(settings.proxy().userHeader())
                && request.headers().keySet().stream().noneMatch(FORWARDED.asMatchPredicate());
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
        return token.isPresent()
                && presented.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && token.get().matches(presented.substring(BEARER.length()).trim());
    }
}
