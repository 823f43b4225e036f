package io.sessionizer.stats;

import io.sessionizer.session.ClockRules;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Published;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Counts the sessions and users of one partition. Each session counts in the quarter-hour of its last activity, as its
 * latest revision was published. A user becomes active or inactive in a quarter-hour of the partition's clock: inactive
 * when the last open session was due, if the clock has passed that, else at the clock. For one thread.
 */
public final class PartitionCounter {
    /**
     * How long a quarter-hour is kept, in ms of the partition's clock: 30 days, with a margin for time zones and today.
     */
    public static final long RETENTION_MS = 32L * 24 * 60 * 60 * 1000;

    private final SessionRules rules;
    private final LongFunction<QuarterHourStats> rowForUpdate;
    private OpenCounts open;

    /**
     * @param rowForUpdate the statistics of the quarter-hour with this number, which are about to change
     * @param start what is open already
     */
    public PartitionCounter(SessionRules rules, LongFunction<QuarterHourStats> rowForUpdate, OpenCounts start) {
        this.rules = rules;
        this.rowForUpdate = rowForUpdate;
        this.open = start;
    }

    /** The number of the first quarter-hour that is kept at this clock, epoch ms. */
    public static long earliestKept(long clockMs) {
        return QuarterHour.of(clockMs) - RETENTION_MS / QuarterHour.MS;
    }

    /** What is open now. */
    public OpenCounts open() {
        return open;
    }

    /** Counts conclusions, and users who became active or inactive. */
    public void apply(TimelineChange change, long clockMs) {
        for (Conclusion conclusion : change.conclusions()) {
            remove(conclusion.retracts(), clockMs);
            count(conclusion.publishes(), clockMs);
        }
        countActivity(change.before(), change.after(), clockMs);
    }

    /** The user is erased, and no session of the timeline counts any more. */
    public void erase(Timeline timeline, long clockMs) {
        for (Session session : timeline.sessions()) {
            remove(session.published(), clockMs);
        }
        countActivity(timeline, Timeline.EMPTY, clockMs);
    }

    /** Counts a timeline that is older than the statistics. */
    public void addExisting(Timeline timeline, long clockMs) {
        for (Session session : timeline.sessions()) {
            count(session.published(), clockMs);
        }
        countActivity(Timeline.EMPTY, timeline, clockMs);
    }

    private void count(Published published, long clockMs) {
        if (isKept(published, clockMs)) {
            rowForUpdate.apply(QuarterHour.of(published.end())).sessions().count(published);
        }
    }

    private void remove(Published published, long clockMs) {
        if (isKept(published, clockMs)) {
            rowForUpdate.apply(QuarterHour.of(published.end())).sessions().remove(published);
        }
    }

    /**
     * Sessions in quarter-hours that are no longer kept are neither counted nor removed: the clock never runs
     * backwards.
     */
    private static boolean isKept(Published published, long clockMs) {
        return !published.isNone() && QuarterHour.of(published.end()) >= earliestKept(clockMs);
    }

    private void countActivity(Timeline before, Timeline after, long clockMs) {
        OptionalLong wasActive = before.activeUntil(rules);
        OptionalLong isActive = after.activeUntil(rules);
        // the event that concludes a due session may open the next one: the user was inactive in between
        boolean isPast = wasActive.isPresent() && wasActive.getAsLong() < clockMs;
        int becameInactive = wasActive.isPresent() && (isPast || isActive.isEmpty()) ? 1 : 0;
        int becameActive = isActive.isPresent() && (isPast || wasActive.isEmpty()) ? 1 : 0;
        if (becameInactive > 0) {
            countInactive(isPast ? wasActive.getAsLong() : clockOr(wasActive.getAsLong(), clockMs), clockMs);
        }
        if (becameActive > 0) {
            rowForUpdate
                    .apply(QuarterHour.of(clockOr(isActive.getAsLong(), clockMs)))
                    .countActive();
        }
        int opened = after.openSessions() - before.openSessions();
        if (opened != 0) {
            open = new OpenCounts(open.activeUsers() + becameActive - becameInactive, open.openSessions() + opened);
        }
    }

    private void countInactive(long timeMs, long clockMs) {
        // one that is not kept says nothing about any moment that is
        if (QuarterHour.of(timeMs) >= earliestKept(clockMs)) {
            rowForUpdate.apply(QuarterHour.of(timeMs)).countInactive();
        }
    }

    /** The clock; if there is none yet, the last arrival in the sessions that are due then. */
    private long clockOr(long dueMs, long clockMs) {
        return clockMs == ClockRules.NONE ? dueMs - rules.gapMs() : clockMs;
    }
}
