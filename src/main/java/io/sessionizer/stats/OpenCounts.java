package io.sessionizer.stats;

/**
 * Open sessions and active users of a partition.
 *
 * @param activeUsers users with an open session
 * @param openSessions sessions that have not concluded, or are open again
 */
public record OpenCounts(long activeUsers, long openSessions) {
    public static final OpenCounts NONE = new OpenCounts(0, 0);
}
