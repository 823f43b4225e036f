package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.IdleDetector;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.state.ClockSource;
import org.apache.kafka.common.TopicPartition;
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
    private ProcessorContext<byte[], byte[]> context;
    private SessionTask task;
    private DeadLetterPublisher deadLetterPublisher;
    private IdleDetector idleDetector;
    private Cancellable tickSchedule;

    public EventProcessor(InstanceScope scope, InputScope input) {
        this.scope = scope;
        this.input = input;
        this.isUncountedForwarded = scope.settings().input().uncounted() == SessionizerSettings.Uncounted.FORWARD;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        SessionizerSettings settings = scope.settings();
        task = new SessionTask(context, scope);
        deadLetterPublisher = new DeadLetterPublisher(
                context, scope.topics().limits().topic(TopicRole.DEAD_LETTER), input.deadLetterLog());
        TopicPartition source = new TopicPartition(
                settings.topics().name(TopicRole.EVENTS), context.taskId().partition());
        idleDetector = new IdleDetector(
                source, settings.clock().idleAfterMs(), input.endOfPartition(), context.currentSystemTimeMs());
        tickSchedule = context.schedule(SessionTask.TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], InputRecord> record) {
        InputRecord event = record.value();
        idleDetector.onRecord(event);
        scope.counters().countInput(event);
        task.advanceClock(context.currentStreamTimeMs(), ClockSource.EVENT_TIME);
        switch (event.kind()) {
            case EVENT -> task.process(event.user(), event.stampable(), event.timeMs(), record.headers());
            case UNCOUNTED -> {
                if (isUncountedForwarded) {
                    task.forward(record.key(), event.value(), event.recordTimeMs(), record.headers());
                }
            }
            case ERASURE -> task.erase(event.user());
            case REJECTED -> deadLetterPublisher.publish(record);
        }
    }

    private void tick(long wallMs) {
        input.deadLetterLog().logIfDue(wallMs);
        if (idleDetector.mayFollowWallClock(wallMs)) {
            task.advanceClock(wallMs, ClockSource.WALL_CLOCK);
        }
        task.tick();
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        task.close();
        input.deadLetterLog().flush();
    }
}
