package io.sessionizer.kafka.task;

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
 * The way of an event behind the repartition topic. Its clock is the slowest source's, as the sources tell it in the topic
 * itself, in order with their events; so it needs no rule of its own for silence.
 */
public final class RepartitionedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final InstanceScope shared;
    private PartitionSessions sessions;
    private EventPublisher enricher;
    private SourceClocks clocks;
    private DueWork backlog;
    private Cancellable tickSchedule;

    public RepartitionedProcessor(InstanceScope shared) {
        this.shared = shared;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        sessions = new PartitionSessions(context, shared);
        enricher = new EventPublisher(context, shared.settings(), shared.limits(), NodeNames.ENRICHED);
        clocks = new SourceClocks(shared.partitions(), sessions.clockMs());
        backlog = new DueWork(context, sessions, shared.counters());
        tickSchedule = context.schedule(EventProcessor.TICK, PunctuationType.WALL_CLOCK_TIME, wall -> backlog.tick());
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
                enricher.publishUnchanged(
                        record.key(), repartitionRecord.value(), repartitionRecord.timeMs(), record.headers());
            case ERASURE -> sessions.erase(record.key());
            case CLOCK, WALL_CLOCK -> {}
        }
    }

    private void processEvent(byte[] user, RepartitionRecord event, Headers headers) {
        if (shared.tracking().isActive()) {
            EventPublisher.Stampable stampable = new EventPublisher.Stampable(
                    event.value(), event.place(), event.from(), event.to(), event.timeMs());
            enricher.publishStamped(user, stampable, sessions.add(user, event.timeMs()), headers);
        } else {
            shared.counters().count(Counters.Count.EVENTS_UNSTAMPED);
            enricher.publishUnchanged(user, event.value(), event.timeMs(), headers);
        }
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        backlog.close();
        sessions.close();
    }
}
