package io.sessionizer.web.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, as far as routes look at it.
 *
 * @param method in capitals
 * @param path as it was sent, before percent-decoding
 * @param query as it was sent, without the question mark; empty for none
 * @param headers by name in lower case
 * @param caller whom the connection comes from
 * @param body empty where the route takes none
 */
public record WebRequest(
        String method, String path, String query, Map<String, List<String>> headers, InetAddress caller, byte[] body) {
    /** Marks a question of one instance to another, which answers from what it holds and asks no further. */
    public static final String PEER_HEADER = "sessionizer-hop";

    WebRequest with(byte[] newBody) {
        return new WebRequest(method, path, query, headers, caller, newBody);
    }

    boolean has(String header) {
        return headers.containsKey(header);
    }

    /** The value of a header that stands once; of one that stands more often none is to be trusted. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    public boolean isPeerRequest() {
        return has(PEER_HEADER);
    }

    /**
     * A parameter of the query, decoded; empty where it is not there.
     *
     * @throws HttpException where it stands twice, or is not percent-encoded UTF-8
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
