package io.sessionizer.stats;

import java.util.Objects;

/**
 * The statistics of one quarter-hour: the concluded sessions whose last activity lies in it, and the users who became
 * active and inactive in it. Mutable, since each conclusion changes one, for one thread.
 */
public final class QuarterHourStats {
    private final SessionStats sessions;
    private long becameActive;
    private long becameInactive;

    /** Nothing is counted yet. */
    public QuarterHourStats() {
        this(new SessionStats(), 0, 0);
    }

    /** @param sessions not copied */
    public QuarterHourStats(SessionStats sessions, long becameActive, long becameInactive) {
        this.sessions = sessions;
        this.becameActive = becameActive;
        this.becameInactive = becameInactive;
    }

    /** The statistics of concluded sessions; only a caller that may change this object may change them. */
    public SessionStats sessions() {
        return sessions;
    }

    /** The number of users who became active. */
    public long becameActive() {
        return becameActive;
    }

    /** The number of users who became inactive. */
    public long becameInactive() {
        return becameInactive;
    }

    /** The increase in the number of active users; negative for a decrease. */
    public long growth() {
        return becameActive - becameInactive;
    }

    void countActive() {
        becameActive++;
    }

    void countInactive() {
        becameInactive++;
    }

    public void add(QuarterHourStats other) {
        sessions.add(other.sessions);
        becameActive += other.becameActive;
        becameInactive += other.becameInactive;
    }

    public void subtract(QuarterHourStats other) {
        sessions.subtract(other.sessions);
        becameActive -= other.becameActive;
        becameInactive -= other.becameInactive;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuarterHourStats stats
                && sessions.equals(stats.sessions)
                && becameActive == stats.becameActive
                && becameInactive == stats.becameInactive;
    }

    @Override
    public int hashCode() {
        return Objects.hash(sessions, becameActive, becameInactive);
    }

    @Override
    public String toString() {
        return "QuarterHourStats[" + sessions + ", becameActive=" + becameActive + ", becameInactive=" + becameInactive
                + "]";
    }
}
