package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.input.InputReads;
import io.sessionizer.kafka.input.LiveDetector;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.record.RepartitionRecord.InputOffset;
import io.sessionizer.session.EventOrigin;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Processes records of the repartition topic. Its clock is that of the slowest source, which the sources send through
 * the topic itself, in order with their events.
 */
public final class RepartitionedProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final InstanceScope scope;
    private final InputReads reads;
    private final EventOrigin origin;
    private ProcessorContext<byte[], byte[]> context;
    private SessionTask task;
    private SlowestSource slowest;
    private LiveDetector detector;
    private List<Cancellable> schedules = List.of();

    public RepartitionedProcessor(InstanceScope scope, InputReads reads) {
        this.scope = scope;
        this.reads = reads;
        this.origin = new EventOrigin(scope.settings().input().format().stamp().form());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        task = new SessionTask(context, scope);
        int partition = context.taskId().partition();
        slowest = new SlowestSource(scope, partition, task.clock().timeMs());
        String topic = NodeNames.byUserTopic(context.applicationId());
        detector = new LiveDetector(
                new TopicPartition(topic, partition), reads, scope.now().nanoTime());
        schedules = List.of(
                context.schedule(InputClock.CHECK, PunctuationType.WALL_CLOCK_TIME, steadyMs -> checkSources()),
                context.schedule(InstanceScope.TICK, PunctuationType.WALL_CLOCK_TIME, steadyMs -> tick()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        task.onRecord();
        byte[] user = record.key();
        RepartitionRecord event = RepartitionRecord.fromBytes(record.value());
        detector.processed(context.recordMetadata().orElseThrow().offset());
        task.advanceClock(slowest.reported(event.source().partition(), event.clockMs()), clockSource(event.kind()));
        switch (event.kind()) {
            case EVENT -> task.process(origin(user, event.source()), event.event(), event.timeMs(), record);
            case UNCOUNTED -> task.forward(user, event.event().value(), event.timeMs(), record.headers());
            case ERASURE -> task.erase(user, false);
            case CLOCK, WALL_CLOCK -> {}
        }
    }

    private EventOrigin origin(byte[] user, InputOffset source) {
        return origin.set(user, source.partition(), source.offset());
    }

    private static ClockSource clockSource(RepartitionRecord.RepartitionKind kind) {
        return switch (kind) {
            case EVENT, UNCOUNTED, ERASURE, CLOCK -> ClockSource.EVENT_TIME;
            case WALL_CLOCK -> ClockSource.WALL_CLOCK;
        };
    }

    private void checkSources() {
        if (task.limitClockTo(scope.now().wallMs())) {
            slowest.limitTo(scope.now().wallMs());
        }
        detector.passed().ifPresent(passed -> {
            long toMs = slowest.live(passed.askedAtNanos());
            task.advanceClock(toMs, task.clock().source());
        });
    }

    private void tick() {
        task.tick();
        slowest.report();
    }

    @Override
    public void close() {
        schedules.forEach(Cancellable::cancel);
        detector.close();
        slowest.close();
        task.close();
    }
}
