package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.state.CacheBudget;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.CommitParticipant;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.state.DeadlineQueue;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.state.TimelineCache.CacheEntry;
import io.sessionizer.kafka.state.TimelineScan;
import io.sessionizer.kafka.state.TimelineStore;
import io.sessionizer.kafka.task.Counters.Count;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import io.sessionizer.stats.OpenCounts;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition's sessions and clock: adds events, and concludes sessions as the clock moves; what is to be published of
 * it is for {@link SessionPublisher} and {@link StatsPublisher}. Its state is in memory while it works, and in the stores with each commit; a new one goes on from
 * these.
 */
final class PartitionSessions {
    /**
     * Time limit for due work of all partitions together, if one thread has them all: far below the transaction
     * timeout.
     */
    private static final long ALL_SLICES_NANOS = 1_000_000_000;

    private static final long LONGEST_SLICE_NANOS = 100_000_000;
    /** A short slice is this part of a slice: committing its output takes several times as long. */
    private static final int SHORT_PART = 4;

    private static final int TIME_CHECK_INTERVAL = 16;
    /** The part of a slice that each tick may spend on the scan, unless the scan lags. */
    private static final int SCAN_PART = 20;

    private final int partition;
    private final SessionRules rules;
    private final Counters counters;
    private final CacheBudget cacheBudget;
    private final DeadlineQueue deadlines;
    private final TimelineStore timelines;
    private final PartitionClock clock;
    private final StatsPublisher statsPublisher;
    private final TimelineScan scan;
    private final SessionPublisher sessionPublisher;
    private final long sliceNanos;
    /** Time that records may still spend on due work until the next tick. */
    private long budgetNanos;

    PartitionSessions(ProcessorContext<byte[], byte[]> context, InstanceScope scope) {
        this.partition = context.taskId().partition();
        this.rules = scope.settings().rules();
        this.counters = scope.counters();
        this.sliceNanos =
                Math.min(LONGEST_SLICE_NANOS, ALL_SLICES_NANOS / scope.topics().partitions());
        this.budgetNanos = sliceNanos;
        this.cacheBudget = scope.cacheBudget();
        cacheBudget.register();
        this.deadlines = new DeadlineQueue(context.getStateStore(NodeNames.DEADLINES));
        KeyValueStore<byte[], byte[]> store = context.getStateStore(NodeNames.TIMELINES);
        this.timelines = new TimelineStore(store, cacheBudget);
        this.clock = new PartitionClock(
                context, store, scope.settings().input().userFrom() == SessionizerSettings.UserFrom.KEY);
        this.statsPublisher = new StatsPublisher(context, scope, clock);
        this.scan = new TimelineScan(timelines, deadlines, rules, clock.timeMs());
        this.sessionPublisher = new SessionPublisher(context, scope, clock);
        CommitSignal commits = context.getStateStore(NodeNames.COMMIT_SIGNAL);
        List<CommitParticipant> participants = List.of(timelines, statsPublisher, clock);
        commits.register(participants);
        statsPublisher.restore(timelines);
        scan.resume(clock.timeMs(), sliceNanos);
        updateStatus();
        // a commit may come before the first record, when there is no record context for writes
        participants.forEach(CommitParticipant::beforeCommit);
    }

    long clockMs() {
        return clock.timeMs();
    }

    /** Advances the clock by event time, never backwards, and concludes sessions that are due. */
    void advanceClock(long to) {
        advanceClock(to, ClockSource.EVENT_TIME);
    }

    /** The same by the wall clock, while the partition is idle. */
    void followWallClock(long to) {
        advanceClock(to, ClockSource.WALL_CLOCK);
    }

    /**
     * A thread processes many records between two polls, so the time that they may spend on due work is bounded in
     * total: the {@link DueWork} does the rest.
     */
    private void advanceClock(long to, ClockSource source) {
        if (to > clock.timeMs()) {
            clock.advance(to, source);
            statsPublisher.clockAdvanced();
        }
        if (deadlines.hasDue(clock.timeMs()) && budgetNanos > 0) {
            long started = System.nanoTime();
            concludeDue(budgetNanos);
            budgetNanos -= System.nanoTime() - started;
        }
    }

    /** Call on each tick. */
    void refillBudget() {
        budgetNanos = sliceNanos;
        long clockNow = clock.timeMs();
        scan.resume(clockNow, scan.isLagging(clockNow) ? sliceNanos : sliceNanos / SCAN_PART);
    }

    /**
     * Concludes due sessions for one slice of time. Returns whether work remains.
     *
     * @param isShort whether new events are waiting
     */
    boolean concludeDue(boolean isShort) {
        long nanos = isShort ? sliceNanos / SHORT_PART : sliceNanos;
        if (scan.isRebuildingDeadlines()) {
            scan.resume(clock.timeMs(), nanos);
        }
        concludeDue(nanos);
        return scan.isRebuildingDeadlines() || deadlines.hasDue(clock.timeMs());
    }

    /** Whether deadlines are still being rebuilt after a start. Sessions found due conclude meanwhile. */
    boolean isRebuildingDeadlines() {
        return scan.isRebuildingDeadlines();
    }

    private void concludeDue(long nanos) {
        long started = System.nanoTime();
        boolean isInTime = true;
        for (int done = 1; isInTime && deadlines.hasDue(clock.timeMs()); done++) {
            conclude(deadlines.poll());
            isInTime = done % TIME_CHECK_INTERVAL != 0 || System.nanoTime() - started <= nanos;
        }
    }

    private void conclude(DeadlineQueue.Deadline deadline) {
        CacheEntry entry = timelines.entry(deadline.user());
        Timeline before = entry.timeline();
        // the deadline may be stale
        if (before.deadline() == deadline.time()) {
            TimelineChange change = before.advance(clock.timeMs(), rules);
            replace(entry, change.after());
            if (!change.conclusions().isEmpty()) {
                publish(entry.user, change);
            }
        }
    }

    private void publish(byte[] user, TimelineChange change) {
        sessionPublisher.publish(user, change);
        statsPublisher.apply(change);
    }

    private void replace(CacheEntry entry, Timeline after) {
        long deadline = entry.timeline().deadline();
        timelines.replace(entry, after);
        if (after.deadline() != deadline && after.deadline() != Timeline.NO_DEADLINE) {
            deadlines.add(after.deadline(), entry.user);
        }
    }

    /**
     * Adds an event and publishes what it concludes.
     *
     * @param time event time in epoch ms
     * @return the id of the session that the event belongs to now
     */
    SessionId add(byte[] user, long time) {
        CacheEntry entry = timelines.entry(user);
        Timeline before = entry.timeline();
        EventAdded added = before.add(time, clock.timeMs(), rules);
        if (rules.isLate(time, clock.timeMs())) {
            counters.count(Count.EVENTS_LATE);
        }
        replace(entry, added.timeline());
        if (added.changesSessions()) {
            publish(entry.user, added.changeFrom(before));
            count(added.outcome());
        }
        return SessionId.of(user, added.session().openedAt());
    }

    private void count(EventAdded.Outcome outcome) {
        switch (outcome) {
            case OPENED -> counters.count(Count.SESSIONS_OPENED);
            case AMENDED -> counters.count(Count.SESSIONS_AMENDED);
            case EXTENDED -> {}
        }
    }

    /** Erases the user's sessions without concluding them. */
    void erase(byte[] user) {
        CacheEntry entry = timelines.entry(user);
        Timeline before = entry.timeline();
        if (!before.isEmpty()) {
            replace(entry, Timeline.EMPTY);
        }
        statsPublisher.erase(before);
        sessionPublisher.publishErasure(user);
    }

    /** Publishes changed statistics, and updates the partition's status. To be called with each tick. */
    void report() {
        statsPublisher.tick();
        updateStatus();
    }

    private void updateStatus() {
        OpenCounts open = statsPublisher.open();
        counters.update(new PartitionStatus(
                partition,
                open.openSessions(),
                open.activeUsers(),
                clock.timeMs(),
                deadlines.earliestOverdue(clock.timeMs())));
    }

    /** The partition was revoked, or the task is revived with a new instance. */
    void close() {
        counters.remove(partition);
        cacheBudget.unregister();
    }
}
