package io.sessionizer.web.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, as seen by routes.
 *
 * @param method in capitals
 * @param path as sent, before percent-decoding
 * @param query as sent, without the question mark; empty if there is none
 * @param headers by name in lower case
 * @param caller remote address of the connection
 * @param body empty if the route accepts none
 */
public record WebRequest(
        String method, String path, String query, Map<String, List<String>> headers, InetAddress caller, byte[] body) {
    /** Header of a peer request: the receiving instance answers from its own state and asks no other instance. */
    public static final String PEER_HEADER = "sessionizer-hop";

    WebRequest with(byte[] newBody) {
        return new WebRequest(method, path, query, headers, caller, newBody);
    }

    boolean has(String header) {
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
        Optional<String> found = Optional.empty();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                if (found.isPresent()) {
                    throw HttpException.badRequest("The parameter " + name + " stands more than once.");
                }
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                found = Optional.of(PercentEncoding.decode(value.replace('+', ' ')));
            }
        }
        return found;
    }
}
