package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.ErasureHeader;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.PartitionCheckpoint;
import io.sessionizer.session.EventOrigin;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Processes input that is keyed by user: one processor and one look-up of the user's state per event. */
public final class EventProcessor implements Processor<byte[], InputRecord, byte[], byte[]> {
    private final InstanceScope scope;
    private final InputScope input;
    private final boolean isUncountedForwarded;
    private final EventOrigin origin;
    private final InputCounter inputCounter;
    private int partition;
    private SessionTask task;
    private InputClock clock;
    private PartitionCheckpoint checkpoint;
    private DeadLetterPublisher deadLetterPublisher;
    private List<Cancellable> schedules = List.of();

    public EventProcessor(InstanceScope scope, InputScope input) {
        this.scope = scope;
        this.input = input;
        this.origin = new EventOrigin(scope.settings().input().format().stamp().form());
        this.inputCounter = new InputCounter(scope.counters());
        this.isUncountedForwarded = scope.settings().input().uncounted() == SessionizerSettings.Uncounted.FORWARD;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        partition = context.taskId().partition();
        task = new SessionTask(context, scope);
        checkpoint = task.checkpoint();
        input.startPositions().resume(partition, checkpoint.position()).ifPresent(checkpoint::resumeAt);
        clock = new InputClock(scope, input, partition, checkpoint.clock());
        deadLetterPublisher = new DeadLetterPublisher(context, scope, input.deadLetterLog());
        schedules = List.of(
                context.schedule(InputClock.CHECK, PunctuationType.WALL_CLOCK_TIME, steadyMs -> followWallClock()),
                context.schedule(InstanceScope.TICK, PunctuationType.WALL_CLOCK_TIME, steadyMs -> tick()));
    }

    @Override
    public void process(Record<byte[], InputRecord> record) {
        InputRecord event = record.value();
        task.onRecord();
        checkpoint.processed(input.startPositions().topicId(), event.offset());
        inputCounter.count(event);
        task.advanceClock(clock.with(event), ClockSource.EVENT_TIME);
        switch (event.kind()) {
            case EVENT -> task.process(origin(event), event.stampable(), event.timeMs(), record);
            case UNCOUNTED -> {
                if (isUncountedForwarded) {
                    task.forward(record.key(), event.value(), event.recordTimeMs(), record.headers());
                }
            }
            case ERASURE -> task.erase(event.user(), ErasureHeader.isCopyIn(record.headers()));
            case IGNORED -> {}
            case REJECTED -> deadLetterPublisher.publish(record);
        }
    }

    private EventOrigin origin(InputRecord event) {
        return origin.set(event.user(), partition, event.offset());
    }

    private void followWallClock() {
        task.limitClockTo(scope.now().wallMs());
        clock.follow().toMs().ifPresent(toMs -> task.advanceClock(toMs, ClockSource.WALL_CLOCK));
    }

    private void tick() {
        input.deadLetterLog().logIfDue(scope.now().wallMs());
        inputCounter.flush();
        task.tick();
        scope.counters().update(clock.status());
    }

    @Override
    public void close() {
        schedules.forEach(Cancellable::cancel);
        clock.close();
        scope.counters().removeInput(partition);
        task.close();
        input.deadLetterLog().flush();
        inputCounter.flush();
    }
}
