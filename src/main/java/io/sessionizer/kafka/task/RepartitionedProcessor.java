package io.sessionizer.kafka.task;

import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.session.SlowestSourceClock;
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
    private SessionTask task;
    private SlowestSourceClock clocks;
    private Cancellable tickSchedule;

    public RepartitionedProcessor(InstanceScope scope) {
        this.scope = scope;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        task = new SessionTask(context, scope);
        clocks = new SlowestSourceClock(scope.topics().partitions(), task.clockMs());
        tickSchedule = context.schedule(SessionTask.TICK, PunctuationType.WALL_CLOCK_TIME, wallMs -> task.tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        byte[] user = record.key();
        RepartitionRecord event = RepartitionRecord.fromBytes(record.value());
        task.advanceClock(clocks.advance(event.source(), event.clockMs()), clockSource(event.kind()));
        switch (event.kind()) {
            case EVENT -> task.process(user, event.event(), event.timeMs(), record.headers());
            case UNCOUNTED -> task.forward(user, event.event().value(), event.timeMs(), record.headers());
            case ERASURE -> task.erase(user);
            case CLOCK, WALL_CLOCK -> {}
        }
    }

    private static ClockSource clockSource(RepartitionRecord.RepartitionKind kind) {
        return switch (kind) {
            case EVENT, UNCOUNTED, ERASURE, CLOCK -> ClockSource.EVENT_TIME;
            case WALL_CLOCK -> ClockSource.WALL_CLOCK;
        };
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        task.close();
    }
}
