package io.sessionizer.stats;

import java.util.Objects;

/**
 * What was counted in one quarter-hour: the concluded sessions whose last activity lies in it, and the users that became
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

    /** How many users became active. */
    public long becameActive() {
        return becameActive;
    }

    /** How many users became inactive. */
    public long becameInactive() {
        return becameInactive;
    }

    /** By how many the active users grew; negative where they became fewer. */
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
