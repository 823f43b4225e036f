package io.sessionizer.session;

/**
 * What the operator may choose about sessions.
 *
 * @param gapMs inactivity gap in ms, at least 1: two events of a user at most this far apart are linked (contract section 2)
 * @param retentionMs how long a session is remembered after it was due, in ms of the partition's clock, at least 0
 * @param maxSessions how many sessions of one user are remembered at most, at least 1: a bound against a user whose
 *     events claim random times; the session due first makes room
 */
public record SessionRules(long gapMs, long retentionMs, int maxSessions) {
    /** A span that fits a hundred times into a long, so that sums of times and spans never overflow. */
    public static final long MAX_SPAN_MS = 366L * 24 * 60 * 60 * 1000;

    public SessionRules {
        if (gapMs < 1 || gapMs > MAX_SPAN_MS) {
            throw new IllegalArgumentException("gapMs: must be 1 to " + MAX_SPAN_MS + ". Found: " + gapMs);
        }
        if (retentionMs < 0 || retentionMs > MAX_SPAN_MS) {
            throw new IllegalArgumentException("retentionMs: must be 0 to " + MAX_SPAN_MS + ". Found: " + retentionMs);
        }
        if (maxSessions < 1) {
            throw new IllegalArgumentException("maxSessions: must be at least 1. Found: " + maxSessions);
        }
    }
}
