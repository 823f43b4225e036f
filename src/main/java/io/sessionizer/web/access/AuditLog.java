package io.sessionizer.web.access;

import io.sessionizer.web.http.Route;
import io.sessionizer.web.http.Sha256;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts each change and each rejected request. A user is identified by the first 12 hex digits of the id's
 * SHA-256, so that an erasure can be proved without keeping the id. Thread-safe.
 */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int MAX_NAME_LENGTH = 100;
    private static final String NONE = "-";

    private final AccessPolicy policy;
    private final Map<Result, LongAdder> counts = new TreeMap<>();

    /** The result of a request. */
    private enum Result {
        ERASED,
        SWITCHED,
        FAILED,
        UNAUTHENTICATED,
        FORBIDDEN;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditLog(AccessPolicy policy) {
        this.policy = policy;
        for (Result result : Result.values()) {
            counts.put(result, new LongAdder());
        }
    }

    /**
     * Records a request if it was for a change, or was rejected.
     *
     * @param user the user that it concerns; empty if there is none
     */
    public void record(WebRequest request, Route route, String user, WebResponse response) {
        boolean isRefused = response.status() == 401 || response.status() == 403;
        if (!isRefused && route.kind() != Route.Kind.CHANGE) {
            return;
        }
        Result result = result(route, response.status());
        counts.get(result).increment();
        LOG.info(
                "{} {}: {}, status {}, user {}, from {}{}, signed on as {}",
                route.method(),
                route.path(),
                result.label(),
                response.status(),
                user.isEmpty() ? NONE : hash(user),
                request.caller().getHostAddress(),
                request.isPeerRequest() ? " (another instance)" : "",
                policy.proxyUser(request).map(AuditLog::printable).orElse(NONE));
    }

    private static Result result(Route route, int status) {
        return switch (status) {
            case 401 -> Result.UNAUTHENTICATED;
            case 403 -> Result.FORBIDDEN;
            case 200, 202 -> route.method().equals("DELETE") ? Result.ERASED : Result.SWITCHED;
            default -> Result.FAILED;
        };
    }

    private static String hash(String user) {
        return HexFormat.of()
                .formatHex(Sha256.digest(user.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 12);
    }

    private static String printable(String name) {
        String line = name.replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() <= MAX_NAME_LENGTH ? line : line.substring(0, MAX_NAME_LENGTH);
    }

    /** The number of requests by the label of their result. */
    public Map<String, Long> counts() {
        Map<String, Long> byLabel = new TreeMap<>();
        counts.forEach((result, count) -> byLabel.put(result.label(), count.sum()));
        return byLabel;
    }
}
