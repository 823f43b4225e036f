package io.sessionizer.web.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A method on a path, and what it does.
 *
 * @param method in capitals; GET stands for HEAD too
 * @param path as OpenAPI writes it: its last part may be a parameter in braces, which takes all that follows
 * @param execution how the call is treated before the action
 * @param action takes the call and the parameter, decoded; empty where the path has none
 * @param statuses what a caller has to reckon with, besides what any call may meet, such as a header that is too large
 */
public record Route(
        String method,
        String path,
        Execution execution,
        BiFunction<WebRequest, String, WebResponse> action,
        Set<Integer> statuses) {
    /** How a call is treated before its action. */
    public enum Execution {
        /** Answered at once. */
        QUICK,
        /** May have to wait for others. */
        SLOW,
        /** May have to wait too, and changes something: only for those who may. */
        CHANGE
    }

    /** What stands for the path's parameter, as it was sent, in {@code sent}; empty where that is another path. */
    public Optional<String> match(String rawPath) {
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

    public boolean accepts(String requested) {
        return method.equals(requested) || method.equals("GET") && requested.equals("HEAD");
    }
}
