package io.sessionizer.kafka.state;

import io.sessionizer.event.UserKey;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Scans all timelines of a partition periodically, in slices. The first pass rebuilds the deadlines of open sessions,
 * which have no changelog, and bounds arrivals that are later than a clock that was set back. Every pass removes
 * timelines whose sessions are all past their retention. This affects only how long the bytes are stored, never whether
 * a session counts.
 */
public final class TimelineScan {
    /** Number of passes per retention, by the partition's clock. */
    private static final int PASSES_PER_RETENTION = 4;

    private final TimelineStore timelines;
    private final DeadlineQueue deadlines;
    private final SessionRules rules;
    private final List<ChangedTimeline> changed = new ArrayList<>();
    private byte[] nextKey = UserKey.NONE;
    private boolean isRebuildingDeadlines = true;
    private boolean isInProgress = true;
    /** The clock at the start of the latest pass. */
    private long startedAt;

    private record ChangedTimeline(byte[] user, Timeline after) {}

    /** @param clock epoch ms */
    public TimelineScan(TimelineStore timelines, DeadlineQueue deadlines, SessionRules rules, long clock) {
        this.timelines = timelines;
        this.deadlines = deadlines;
        this.rules = rules;
        this.startedAt = clock;
    }

    /** Begins another first pass, since the clock was set back. */
    public void restart(long clock) {
        nextKey = UserKey.NONE;
        isRebuildingDeadlines = true;
        isInProgress = true;
        startedAt = clock;
    }

    /** Whether there may be open sessions without a deadline. */
    public boolean isRebuildingDeadlines() {
        return isRebuildingDeadlines;
    }

    /** Whether the latest pass lags, as when the clock advances through days of a backlog. */
    public boolean isLagging(long clock) {
        return isInProgress && clock - startedAt > rules.retentionMs();
    }

    /**
     * Resumes the scan for at most {@code maxNanos} ns, if a pass is in progress or due.
     *
     * @param visitor receives each user and timeline before it may be removed
     */
    public void resume(long clock, long maxNanos, BiConsumer<byte[], Timeline> visitor) {
        if (!isInProgress && clock - startedAt > rules.retentionMs() / PASSES_PER_RETENTION) {
            isInProgress = true;
            startedAt = clock;
        }
        if (!isInProgress) {
            return;
        }
        nextKey = timelines.scan(nextKey, maxNanos, (user, timeline) -> {
            visitor.accept(user, timeline);
            visit(user, timeline, clock);
        });
        // only after the iterator is closed
        changed.forEach(change -> timelines.replace(timelines.entry(change.user()), change.after()));
        changed.clear();
        if (nextKey.length == 0) {
            isInProgress = false;
            isRebuildingDeadlines = false;
        }
    }

    private void visit(byte[] user, Timeline timeline, long clock) {
        if (timeline.isForgotten(clock, rules)) {
            changed.add(new ChangedTimeline(user, Timeline.EMPTY));
        } else if (isRebuildingDeadlines) {
            rebuild(user, timeline, clock);
        }
    }

    private void rebuild(byte[] user, Timeline timeline, long clock) {
        // the clock may have been set back, even just before the service stopped
        Timeline bounded = timeline.boundedBy(clock, rules);
        if (bounded != timeline) {
            changed.add(new ChangedTimeline(user, bounded));
        }
        if (bounded.deadline() != Timeline.NO_DEADLINE) {
            deadlines.add(bounded.deadline(), user);
        }
    }
}
