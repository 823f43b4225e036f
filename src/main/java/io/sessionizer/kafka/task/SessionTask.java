package io.sessionizer.kafka.task;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.kafka.client.TaskCommit;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.CommitParticipant;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.state.PartitionCheckpoint;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.state.PartitionState;
import io.sessionizer.kafka.status.Counters.Count;
import io.sessionizer.session.ClockRules;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.EventOrigin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a task does with the events of its users, whichever topic they come from: stamps and publishes them, and
 * concludes sessions as the partition's clock advances. State is cached in memory and stored at each commit; a new
 * instance resumes from the stores.
 */
final class SessionTask {
    private final InstanceScope scope;
    private final int partition;
    private final PartitionSessions sessions;
    private final StatsPublisher statsPublisher;
    private final EventPublisher eventPublisher;
    private final DueWork dueWork;
    private final CommitSignal commitSignal;
    private final TaskCommit commit;
    private final PartitionCheckpoint checkpoint;
    /** Events that have arrived at this task. */
    private long arrivals;

    SessionTask(ProcessorContext<byte[], byte[]> context, InstanceScope scope) {
        this.scope = scope;
        this.partition = context.taskId().partition();
        boolean streamTimeIsClock = scope.settings().input().userFrom() == SessionizerSettings.UserFrom.KEY;
        PartitionState state = PartitionState.open(
                context, scope.cacheBudget(), scope.settings().rules(), streamTimeIsClock);
        this.checkpoint = state.checkpoint();
        this.statsPublisher = new StatsPublisher(context, scope, state);
        this.sessions = new PartitionSessions(context, scope, state, statsPublisher);
        this.eventPublisher = new EventPublisher(context, scope, NodeNames.ENRICHED_SINK);
        this.dueWork = new DueWork(context, sessions, scope.topics().partitions(), () -> arrivals);
        this.commitSignal = context.getStateStore(NodeNames.COMMIT_SIGNAL);
        this.commit = scope.counters().commits().register(source(context, scope.settings()), state::hasUnsaved);
        commitSignal.register(
                state.participants(), () -> scope.counters().commits().requireSaved(commit));
        dueWork.start();
        updateStatus();
        // a commit may come before the first record, when there is no record context for writes
        state.participants().forEach(CommitParticipant::beforeCommit);
        // last, since a task that fails before is never closed
        scope.cacheBudget().register();
    }

    /** The task's input partition. */
    private static TopicPartition source(ProcessorContext<?, ?> context, SessionizerSettings settings) {
        String topic =
                switch (settings.input().userFrom()) {
                    case KEY -> settings.topics().name(TopicRole.EVENTS);
                    case PAYLOAD -> NodeNames.byUserTopic(context.applicationId());
                };
        return new TopicPartition(topic, context.taskId().partition());
    }

    /** Call for each record, of whatever kind, before it is processed. */
    void onRecord() {
        commit.recordProcessed();
    }

    /** The partition's clock and position; only this task moves the clock. */
    PartitionCheckpoint checkpoint() {
        return checkpoint;
    }

    /** The partition's clock; only this task moves it. */
    PartitionClock clock() {
        return sessions.clock();
    }

    /**
     * Sets the clock back to the wall clock if it is far ahead of it: then conclusions and arrivals after the wall
     * clock count as now; otherwise the clock would not pass them for long. Returns whether it was ahead.
     */
    boolean limitClockTo(long wallMs) {
        boolean isAhead = ClockRules.isAhead(clock().timeMs(), wallMs);
        if (isAhead) {
            InputClock.logSetBack("partition " + partition, clock().timeMs(), wallMs);
            sessions.setBackClock(wallMs);
            statsPublisher.clockSetBack();
        }
        return isAhead;
    }

    /** Advances the clock, never backwards, and concludes sessions that are due. */
    void advanceClock(long toMs, ClockSource source) {
        if (sessions.advanceClock(toMs, source)) {
            statsPublisher.clockAdvanced();
        }
        dueWork.clockAdvanced();
    }

    /**
     * Adds the event to a session and publishes it stamped, or publishes it unchanged while tracking is off.
     *
     * @param timeMs event time, epoch ms
     * @param incoming has the key and headers that the event is published with
     */
    void process(EventOrigin origin, StampableEvent event, long timeMs, Record<byte[], ?> incoming) {
        arrivals++;
        if (scope.now().isTracking()) {
            EventAdded added = sessions.add(origin, timeMs);
            byte[] stamped = eventPublisher.stamp(event, added, incoming.headers());
            eventPublisher.publish(incoming.key(), stamped, timeMs, incoming.headers());
        } else {
            scope.counters().count(Count.EVENTS_UNSTAMPED);
            eventPublisher.publish(incoming.key(), event.value(), timeMs, incoming.headers());
        }
    }

    /** Publishes an event that does not count, unchanged. */
    void forward(byte[] key, byte[] value, long recordTimeMs, Headers headers) {
        eventPublisher.publish(key, value, recordTimeMs, headers);
    }

    /** Erases the user; if the record is a copy of an erasure in another partition, only if the user is known here. */
    void erase(byte[] user, boolean isCopy) {
        sessions.erase(user, isCopy);
        if (!isCopy) {
            scope.counters().count(Count.USERS_ERASED);
        }
    }

    /** Concludes what is due, then publishes statistics and updates the partition's status. */
    void tick() {
        dueWork.tick();
        statsPublisher.tick();
        updateStatus();
        commit.tick();
    }

    private void updateStatus() {
        scope.counters().update(sessions.status());
    }

    /** The partition was revoked, or the task is revived with a new instance. */
    void close() {
        dueWork.close();
        commitSignal.unregister();
        scope.counters().commits().unregister(commit);
        scope.counters().remove(partition);
        scope.cacheBudget().unregister();
    }
}
