package io.sessionizer.kafka.task;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.session.SourceClocks;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Processes records of the repartition topic. Its clock is that of the slowest source, which the sources send through
 * the topic itself, in order with their events; so it needs no idle detection.
 */
public final class RepartitionedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final InstanceScope scope;
    private PartitionSessions sessions;
    private EventPublisher eventPublisher;
    private SourceClocks clocks;
    private DueWork dueWork;
    private Cancellable tickSchedule;

    public RepartitionedProcessor(InstanceScope scope) {
        this.scope = scope;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        sessions = new PartitionSessions(context, scope);
        eventPublisher =
                new EventPublisher(context, scope.settings(), scope.topics().limits(), NodeNames.ENRICHED);
        clocks = new SourceClocks(scope.topics().partitions(), sessions.clockMs());
        dueWork = new DueWork(context, sessions, scope.counters());
        tickSchedule = context.schedule(EventProcessor.TICK, PunctuationType.WALL_CLOCK_TIME, wall -> dueWork.tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RepartitionRecord repartitionRecord = RepartitionRecord.fromBytes(record.value());
        long clock = clocks.advance(repartitionRecord.source(), repartitionRecord.clockMs());
        if (repartitionRecord.kind() == RepartitionRecord.RepartitionKind.WALL_CLOCK) {
            sessions.followWallClock(clock);
        } else {
            sessions.advanceClock(clock);
        }
        switch (repartitionRecord.kind()) {
            case EVENT -> processEvent(record.key(), repartitionRecord, record.headers());
            case UNCOUNTED ->
                eventPublisher.publish(
                        record.key(), repartitionRecord.event().value(), repartitionRecord.timeMs(), record.headers());
            case ERASURE -> sessions.erase(record.key());
            case CLOCK, WALL_CLOCK -> {}
        }
    }

    private void processEvent(byte[] user, RepartitionRecord record, Headers headers) {
        StampableEvent event = record.event();
        long timeMs = record.timeMs();
        if (scope.isTracking().getAsBoolean()) {
            byte[] stamped = eventPublisher.stamp(event, sessions.add(user, timeMs), headers);
            eventPublisher.publish(user, stamped, timeMs, headers);
        } else {
            scope.counters().count(Counters.Count.EVENTS_UNSTAMPED);
            eventPublisher.publish(user, event.value(), timeMs, headers);
        }
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        dueWork.close();
        sessions.close();
    }
}
