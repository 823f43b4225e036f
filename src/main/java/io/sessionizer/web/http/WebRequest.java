package io.sessionizer.web.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, as seen by routes.
 *
 * @param method in capitals
 * @param target its path and query
 * @param headers by name in lower case
 * @param caller remote address of the connection
 * @param body empty if the route accepts none
 */
public record WebRequest(
        String method, RequestTarget target, Map<String, List<String>> headers, InetAddress caller, byte[] body) {
    /**
     * Header of a peer request, with its signature where there is a token: the receiving instance answers from its own state
     * and asks no other instance.
     */
    public static final String PEER_HEADER = "sessionizer-hop";

    /** The same with a body. */
    public WebRequest with(byte[] newBody) {
        return new WebRequest(method, target, headers, caller, newBody);
    }

    public boolean has(String header) {
        return headers.containsKey(header);
    }

    /** The value of a header that occurs once; empty for a repeated one, which can't be trusted. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    public boolean isPeerRequest() {
        return has(PEER_HEADER);
    }

    /**
     * A query parameter, decoded; empty if absent.
     *
     * @throws HttpException if it is repeated, or is not percent-encoded UTF-8
     */
    public Optional<String> parameter(String name) {
        return target.parameter(name);
    }
}
