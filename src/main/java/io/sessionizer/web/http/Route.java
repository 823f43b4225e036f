package io.sessionizer.web.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A method and path, and its action.
 *
 * @param method in capitals; GET includes HEAD
 * @param path as OpenAPI writes it: its last part may be a parameter in braces, which matches the rest of the path
 * @param kind what it requires: who may call it, and which threads run it
 * @param action receives the request and the decoded parameter, which is empty if the path has none
 * @param statuses possible statuses, in addition to those of any request, such as for a header that is too large
 */
public record Route(
        String method,
        String path,
        Kind kind,
        BiFunction<WebRequest, String, WebResponse> action,
        Set<Integer> statuses) {
    /** What requests need. */
    public enum Kind {
        /** A file without data: open to all. */
        PAGE,
        /** A health probe: open to all, and never waits for other requests. */
        PROBE,
        /** Metrics, which are computed in one thread. */
        METRICS,
        /** Data in memory. */
        DATA,
        /** The board, which has to be computed. */
        BOARD,
        /** May wait for other instances. */
        LOOKUP,
        /** Makes a change, and may wait for brokers and other instances. */
        CHANGE;

        /** Monitoring systems use addresses and names of their own. */
        public boolean isForAnyHost() {
            return this == PROBE || this == METRICS;
        }
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

    public boolean hasBody() {
        return method.equals("PUT");
    }

    boolean accepts(String requested) {
        return method.equals(requested) || method.equals("GET") && requested.equals("HEAD");
    }
}
