package io.sessionizer.web.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A method and path, and its action.
 *
 * @param method in capitals; GET includes HEAD
 * @param path as OpenAPI writes it: its last part may be a parameter in braces, which matches the rest of the path
 * @param execution how the request is executed
 * @param action receives the request and the decoded parameter, which is empty if the path has none
 * @param statuses possible statuses, in addition to those of any request, such as for a header that is too large
 */
public record Route(
        String method,
        String path,
        Execution execution,
        BiFunction<WebRequest, String, WebResponse> action,
        Set<Integer> statuses) {
    /** How a request is executed. */
    public enum Execution {
        /** Runs immediately on the server's thread. */
        QUICK,
        /** May block: runs on the blocking pool. */
        SLOW,
        /** May block, and makes a change: requires authorization. */
        CHANGE
    }

    /** The path's parameter in {@code rawPath}, still encoded, or "" if it has none; empty if the path does not match. */
    Optional<String> match(String rawPath) {
        int brace = path.indexOf('{');
        if (brace < 0) {
            return path.equals(rawPath) ? Optional.of("") : Optional.empty();
        }
        boolean isBelow = rawPath.length() > brace && rawPath.startsWith(path.substring(0, brace));
        return isBelow ? Optional.of(rawPath.substring(brace)) : Optional.empty();
    }

    boolean hasBody() {
        return method.equals("PUT");
    }

    boolean accepts(String requested) {
        return method.equals(requested) || method.equals("GET") && requested.equals("HEAD");
    }
}
