package io.sessionizer.kafka.task;

import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.DeadlineQueue;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.state.PartitionState;
import io.sessionizer.kafka.state.TimelineCache.CacheEntry;
import io.sessionizer.kafka.state.TimelineScan;
import io.sessionizer.kafka.state.TimelineStore;
import io.sessionizer.kafka.status.Counters;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.kafka.status.PartitionStatus;
import io.sessionizer.session.ClockSteps;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import io.sessionizer.session.SessionRules;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * One partition's sessions and clock: adds events, advances the clock, and concludes one due session at a time.
 * {@link SessionPublisher} and {@link StatsPublisher} publish the changes.
 */
final class PartitionSessions {
    private final int partition;
    private final SessionRules rules;
    private final Counters counters;
    private final TimelineStore timelines;
    private final DeadlineQueue deadlines;
    private final PartitionClock clock;
    private final ClockSteps steps;
    private final TimelineScan scan;
    private final SessionPublisher sessionPublisher;
    private final StatsPublisher statsPublisher;

    PartitionSessions(
            ProcessorContext<byte[], byte[]> context,
            InstanceScope scope,
            PartitionState state,
            StatsPublisher statsPublisher) {
        this.partition = context.taskId().partition();
        this.rules = scope.settings().rules();
        this.counters = scope.counters();
        this.timelines = state.timelines();
        this.deadlines = state.deadlines();
        this.clock = state.clock();
        this.steps = state.checkpoint().steps();
        this.scan = new TimelineScan(timelines, deadlines, rules, clock.timeMs());
        this.sessionPublisher = new SessionPublisher(context, scope, clock);
        this.statsPublisher = statsPublisher;
    }

    PartitionClock clock() {
        return clock;
    }

    long clockMs() {
        return clock.timeMs();
    }

    /** Sets the clock back, and checks all timelines again: their arrivals may be later than the clock. */
    void setBackClock(long toMs) {
        // the scan visits stored users
        timelines.beforeCommit();
        clock.setBack(toMs);
        steps.setBack(toMs);
        scan.restart(toMs);
    }

    /** Advances the clock, never backwards. Returns whether it has advanced. */
    boolean advanceClock(long toMs, ClockSource source) {
        boolean isLater = toMs > clock.timeMs();
        if (isLater) {
            clock.advance(toMs, source);
            steps.advance(toMs);
            dropSteps();
        }
        return isLater;
    }

    private void dropSteps() {
        // until then there may be a due session without a deadline
        if (!scan.isRebuildingDeadlines()) {
            steps.dropUpTo(deadlines.earliestOverdue(steps.now()).orElse(steps.now()));
        }
    }

    /** The scan that rebuilds deadlines after a start, and removes timelines past their retention. */
    TimelineScan scan() {
        return scan;
    }

    /** Resumes the scan for at most {@code nanos} ns, and counts timelines that are older than the statistics. */
    void resumeScan(long nanos) {
        if (statsPublisher.isCounting()) {
            // the scan visits stored users
            timelines.beforeCommit();
        }
        scan.resume(clockMs(), nanos, statsPublisher::visit);
        if (!scan.isRebuildingDeadlines()) {
            statsPublisher.visitedAll();
        }
    }

    /** Whether a deadline is due by the clock. */
    boolean hasDue() {
        return deadlines.hasDue(clock.timeMs());
    }

    /** Concludes the session with the earliest deadline. Call only if one is due. */
    void concludeNext() {
        DeadlineQueue.Deadline deadline = deadlines.poll();
        CacheEntry entry = timelines.entry(deadline.user());
        Timeline before = entry.timeline();
        // the deadline may be stale
        if (before.deadline() == deadline.time()) {
            TimelineChange change = before.advance(steps, rules);
            replace(entry, change.after());
            if (!change.conclusions().isEmpty()) {
                publish(entry.user, change);
            }
        }
    }

    private void publish(byte[] user, TimelineChange change) {
        sessionPublisher.publish(user, change);
        statsPublisher.apply(user, change);
    }

    private void replace(CacheEntry entry, Timeline after) {
        long deadline = entry.timeline().deadline();
        timelines.replace(entry, after);
        if (after.deadline() != deadline && after.deadline() != Timeline.NO_DEADLINE) {
            deadlines.add(after.deadline(), entry.user);
        }
    }

    /**
     * Adds an event, and publishes the changes.
     *
     * @param origin where the event comes from
     * @param time event time in epoch ms
     * @return the session that the event belongs to now, and how it got it
     */
    EventAdded add(EventOrigin origin, long time) {
        CacheEntry entry = timelines.entry(origin.user());
        EventAdded added = timelineOf(entry).add(time, steps, rules, origin);
        if (rules.isLate(time, clock.timeMs())) {
            counters.count(Count.EVENTS_LATE);
        }
        replace(entry, added.timeline());
        if (added.changesSessions()) {
            publish(entry.user, added.change());
            count(added);
        }
        return added;
    }

    private Timeline timelineOf(CacheEntry entry) {
        // the scan may not have visited the user since the clock was set back
        return scan.isRebuildingDeadlines() ? entry.timeline().boundedBy(steps.now(), rules) : entry.timeline();
    }

    private void count(EventAdded added) {
        switch (added.outcome()) {
            case OPENED -> {
                counters.count(Count.SESSIONS_OPENED);
                if (added.timeline().size() >= rules.maxSessions()) {
                    counters.count(Count.SESSIONS_OPENED_AT_LIMIT);
                }
            }
            case AMENDED -> counters.count(Count.SESSIONS_AMENDED);
            case EXTENDED -> {}
        }
    }

    /**
     * Erases the user's sessions without concluding them.
     *
     * @param isOnlyIfKnown whether to ignore a user without a session, who may have an open one in another partition
     */
    void erase(byte[] user, boolean isOnlyIfKnown) {
        CacheEntry entry = timelines.entry(user);
        Timeline before = entry.timeline().remembered(steps.now(), rules);
        if (before.isEmpty() && isOnlyIfKnown) {
            return;
        }
        if (!entry.timeline().isEmpty()) {
            replace(entry, Timeline.EMPTY);
        }
        statsPublisher.erase(user, before);
        sessionPublisher.publishErasure(user, before);
    }

    /** The partition's status now. */
    PartitionStatus status() {
        return new PartitionStatus(
                partition, statsPublisher.open(), clock.timeMs(), deadlines.earliestOverdue(clock.timeMs()));
    }
}
