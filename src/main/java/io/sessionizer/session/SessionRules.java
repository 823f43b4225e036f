package io.sessionizer.session;

/**
 * The operator's settings for sessions.
 *
 * @param gapMs inactivity gap in ms, at least 1: two events of a user at most this far apart are linked (specification,
 *     section 2)
 * @param retentionMs how long a session is remembered after its latest conclusion, in ms of the partition's clock, at least
 *     0
 * @param maxSessions maximum number of remembered sessions per user, at least 1. It bounds the state of users whose
 *     events carry random times; the session whose last event is the earliest is evicted
 */
public record SessionRules(long gapMs, long retentionMs, int maxSessions) {
    private static final long DAY_MS = 24L * 60 * 60 * 1000;
    /** A value of more than a year must be in the wrong unit. */
    public static final long MAX_SPAN_MS = 366 * DAY_MS;
    /** A century, for years of history: sums with it stay far from overflow. */
    public static final long MAX_RETENTION_MS = 36_525 * DAY_MS;

    public SessionRules {
        if (gapMs < 1 || gapMs > MAX_SPAN_MS) {
            throw new IllegalArgumentException("gapMs: must be 1 to " + MAX_SPAN_MS + ". Found: " + gapMs);
        }
        if (retentionMs < 0 || retentionMs > MAX_RETENTION_MS) {
            throw new IllegalArgumentException(
                    "retentionMs: must be 0 to " + MAX_RETENTION_MS + ". Found: " + retentionMs);
        }
        if (maxSessions < 1) {
            throw new IllegalArgumentException("maxSessions: must be at least 1. Found: " + maxSessions);
        }
    }

    /** Whether an event at {@code eventTimeMs} lags more than the gap behind a clock at {@code clockMs}, both epoch ms. */
    public boolean isLate(long eventTimeMs, long clockMs) {
        return eventTimeMs < clockMs - gapMs;
    }
}
