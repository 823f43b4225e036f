package io.sessionizer.web.http;

import java.util.Optional;

/**
 * What a request is for, as sent.
 *
 * @param path before percent-decoding
 * @param query without the question mark; empty if there is none
 */
public record RequestTarget(String path, String query) {
    /**
     * A query parameter, decoded; empty if absent.
     *
     * @throws HttpException if it is repeated, or is not percent-encoded UTF-8
     */
    Optional<String> parameter(String name) {
        Optional<String> found = Optional.empty();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                if (found.isPresent()) {
                    throw HttpException.badRequest("The parameter " + name + " must occur only once.");
                }
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                found = Optional.of(PercentEncoding.decode(value.replace('+', ' ')));
            }
        }
        return found;
    }
}
