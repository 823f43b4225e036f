package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.state.CacheBudget;
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
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One partition's sessions and clock: adds events, and concludes sessions as the clock moves; what is to be told of it is
 * for {@link SessionPublisher}. Its state is in memory while it works, and in the stores with each commit; a new one goes on from
 * these.
 */
final class PartitionSessions {
    /** What all partitions may spend on what is due in one go, if one thread has them all: far less than a transaction's. */
    private static final long ALL_SLICES_NANOS = 1_000_000_000;

    private static final long LONGEST_SLICE_NANOS = 100_000_000;
    /** The part of a slice that a short one is: to commit what it has told takes several times as long. */
    private static final int SHORT_PART = 4;

    private static final int TIME_CHECK_INTERVAL = 16;
    /** The part of a slice that each look may spend on forgetting, unless that falls behind. */
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
    /** What records may still spend on what is due, until the next look. */
    private long budgetNanos;

    PartitionSessions(ProcessorContext<byte[], byte[]> context, InstanceScope scope) {
        this.partition = context.taskId().partition();
        this.rules = scope.settings().rules();
        this.counters = scope.counters();
        this.sliceNanos = Math.min(LONGEST_SLICE_NANOS, ALL_SLICES_NANOS / scope.partitions());
        this.budgetNanos = sliceNanos;
        this.cacheBudget = scope.cacheBudget();
        cacheBudget.register();
        this.deadlines = new DeadlineQueue(context.getStateStore(NodeNames.DEADLINES));
        KeyValueStore<byte[], byte[]> store = context.getStateStore(NodeNames.TIMELINES);
        this.timelines = new TimelineStore(store, cacheBudget);
        this.clock = new PartitionClock(context, scope.settings(), store);
        this.statsPublisher = new StatsPublisher(context, scope, clock);
        this.scan = new TimelineScan(timelines, deadlines, rules, clock.timeMs());
        this.sessionPublisher = new SessionPublisher(context, scope, statsPublisher, clock);
        CommitSignal commits = context.getStateStore(NodeNames.COMMIT_SIGNAL);
        commits.beforeCommit(this::beforeCommit);
        statsPublisher.restore(timelines);
        scan.resume(clock.timeMs(), sliceNanos);
        updateStatus();
        // a commit may come before the first record, and then there is no record to write on behalf of
        beforeCommit();
    }

    private void beforeCommit() {
        timelines.beforeCommit();
        statsPublisher.beforeCommit();
        clock.beforeCommit();
    }

    long clockMs() {
        return clock.timeMs();
    }

    /** Moves the clock as events do, never backwards, and concludes what is due. */
    void advanceClock(long to) {
        advanceClock(to, false);
    }

    /** The same, where the partition is idle, and its clock follows the wall clock. */
    void followWallClock(long to) {
        advanceClock(to, true);
    }

    /**
     * A thread handles many records between two polls, so the time that they may spend on what is due is bounded over all
     * of them: beyond it, the {@link DueWork} goes on.
     */
    private void advanceClock(long to, boolean byWall) {
        if (to > clock.timeMs()) {
            clock.advance(to, byWall);
            statsPublisher.clockAdvanced();
        }
        if (deadlines.hasDue(clock.timeMs()) && budgetNanos > 0) {
            long started = System.nanoTime();
            concludeDue(budgetNanos);
            budgetNanos -= System.nanoTime() - started;
        }
    }

    /** To be called with each look. */
    void refillBudget() {
        budgetNanos = sliceNanos;
        long clockNow = clock.timeMs();
        scan.resume(clockNow, scan.isLagging(clockNow) ? sliceNanos : sliceNanos / SCAN_PART);
    }

    /**
     * Works off what is due, for a slice of time; whether anything is left.
     *
     * @param isShort whether new events wait for the slice to end
     */
    boolean concludeDue(boolean isShort) {
        long nanos = isShort ? sliceNanos / SHORT_PART : sliceNanos;
        if (scan.isRebuildingDeadlines()) {
            scan.resume(clock.timeMs(), nanos);
        }
        concludeDue(nanos);
        return scan.isRebuildingDeadlines() || deadlines.hasDue(clock.timeMs());
    }

    /** Whether deadlines are still being gathered after a start; what is due concludes meanwhile as it is found. */
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
        // a deadline is a hint: the timeline may have moved on since
        if (before.deadline() == deadline.time()) {
            TimelineChange advanced = before.advance(clock.timeMs(), rules);
            replace(entry, advanced.timeline());
            sessionPublisher.publishAdvanced(entry.user, before, advanced);
        }
    }

    private void replace(CacheEntry entry, Timeline after) {
        long deadline = entry.timeline().deadline();
        timelines.replace(entry, after);
        if (after.deadline() != deadline && after.deadline() != Timeline.NO_DEADLINE) {
            deadlines.add(after.deadline(), entry.user);
        }
    }

    /**
     * Adds an event and tells what it concludes.
     *
     * @param time event time in epoch ms
     * @return the id of the session that the event belongs to now
     */
    SessionId add(byte[] user, long time) {
        CacheEntry entry = timelines.entry(user);
        Timeline before = entry.timeline();
        EventAdded added = before.add(time, clock.timeMs(), rules);
        if (time < clock.timeMs() - rules.gapMs()) {
            counters.count(Count.EVENTS_LATE);
        }
        replace(entry, added.timeline());
        if (added.changesSessions()) {
            sessionPublisher.publishAdded(entry.user, before, added);
        }
        return SessionId.of(user, added.session().openedAt());
    }

    /** Forgets the user's sessions without concluding them. */
    void erase(byte[] user) {
        CacheEntry entry = timelines.entry(user);
        Timeline before = entry.timeline();
        if (!before.isEmpty()) {
            replace(entry, Timeline.EMPTY);
        }
        sessionPublisher.publishErasure(user, before);
    }

    /** Tells the board what has changed, and the counters how the partition stands. To be called with each look. */
    void report() {
        statsPublisher.tick();
        updateStatus();
    }

    private void updateStatus() {
        counters.update(new Counters.PartitionStatus(
                partition,
                statsPublisher.openSessions(),
                statsPublisher.activeUsers(),
                clock.timeMs(),
                deadlines.earliestOverdue(clock.timeMs())));
    }

    /** The partition is another instance's from now on, or a new keeper's. */
    void close() {
        counters.remove(partition);
        cacheBudget.unregister();
    }
}
