package io.sessionizer.kafka.state;

import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through all timelines of a partition from time to time, in slices. The first pass arms: deadlines are not stored, so
 * each open session's has to be had from its timeline. Every pass forgets: timelines in which nothing counts any more are
 * removed. Whether a session counts never depends on it, only how long its bytes stay.
 */
public final class TimelineScan {
    private static final byte[] START = {};
    /** So many passes within a retention, by the partition's clock. */
    private static final int PASSES_PER_RETENTION = 4;

    private final TimelineStore timelines;
    private final DeadlineQueue deadlines;
    private final SessionRules rules;
    private final List<byte[]> forgotten = new ArrayList<>();
    private byte[] nextKey = START;
    private boolean isRebuildingDeadlines = true;
    private boolean isInProgress = true;
    /** What the clock showed when the latest pass began. */
    private long startedAt;

    /** @param clock epoch ms */
    public TimelineScan(TimelineStore timelines, DeadlineQueue deadlines, SessionRules rules, long clock) {
        this.timelines = timelines;
        this.deadlines = deadlines;
        this.rules = rules;
        this.startedAt = clock;
    }

    /** Whether there may be open sessions that nothing would conclude yet. */
    public boolean isRebuildingDeadlines() {
        return isRebuildingDeadlines;
    }

    /** Whether the latest pass takes longer than it should, as when the clock runs through days of a backlog. */
    public boolean isLagging(long clock) {
        return isInProgress && clock - startedAt > rules.retentionMs();
    }

    /** Goes on for {@code nanos} ns at most, if there is anything to go on with. */
    public void resume(long clock, long maxNanos) {
        if (!isInProgress && clock - startedAt > rules.retentionMs() / PASSES_PER_RETENTION) {
            isInProgress = true;
            startedAt = clock;
        }
        if (!isInProgress) {
            return;
        }
        nextKey = timelines.scan(nextKey, maxNanos, (user, timeline) -> visit(user, timeline, clock));
        // not while the store is being read
        forgotten.forEach(user -> timelines.replace(timelines.entry(user), Timeline.EMPTY));
        forgotten.clear();
        if (nextKey.length == 0) {
            isInProgress = false;
            isRebuildingDeadlines = false;
        }
    }

    private void visit(byte[] user, Timeline timeline, long clock) {
        if (timeline.isForgotten(clock, rules)) {
            forgotten.add(user);
        } else if (isRebuildingDeadlines && timeline.deadline() != Timeline.NO_DEADLINE) {
            deadlines.add(timeline.deadline(), user);
        }
    }
}
