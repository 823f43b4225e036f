package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.IdleDetector;
import io.sessionizer.kafka.input.InputRecord;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Processes input that is keyed by user: one processor and one look-up of the user's state per event. */
public final class EventProcessor implements Processor<byte[], InputRecord, byte[], byte[]> {
    static final Duration TICK = Duration.ofSeconds(1);

    private final InstanceScope scope;
    private final SessionizerSettings settings;
    private final InputScope inputScope;
    private ProcessorContext<byte[], byte[]> context;
    private PartitionSessions sessions;
    private EventPublisher eventPublisher;
    private DeadLetterPublisher deadLetterPublisher;
    private IdleDetector idleDetector;
    private DueWork dueWork;
    private Cancellable tickSchedule;

    public EventProcessor(InstanceScope scope, InputScope inputScope) {
        this.scope = scope;
        this.settings = scope.settings();
        this.inputScope = inputScope;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        sessions = new PartitionSessions(context, scope);
        eventPublisher = new EventPublisher(context, settings, scope.topics().limits(), NodeNames.ENRICHED);
        deadLetterPublisher = new DeadLetterPublisher(
                context, scope.topics().limits().topic(TopicRole.DEAD_LETTER), inputScope.deadLetterLog());
        dueWork = new DueWork(context, sessions, scope.counters());
        TopicPartition source = new TopicPartition(
                settings.topics().name(TopicRole.EVENTS), context.taskId().partition());
        idleDetector = new IdleDetector(
                source, settings.clock().idleAfterMs(), inputScope.endOfPartition(), context.currentSystemTimeMs());
        tickSchedule = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], InputRecord> record) {
        InputRecord input = record.value();
        idleDetector.onRecord(input);
        scope.counters().countInput(input);
        sessions.advanceClock(context.currentStreamTimeMs());
        switch (input.kind()) {
            case EVENT -> processEvent(input, record.headers());
            case UNCOUNTED -> forwardUncounted(record);
            case ERASURE -> sessions.erase(input.user());
            case REJECTED -> deadLetterPublisher.publish(record);
        }
    }

    private void processEvent(InputRecord input, Headers headers) {
        if (scope.isTracking().getAsBoolean()) {
            byte[] stamped =
                    eventPublisher.stamp(input.stampable(), sessions.add(input.user(), input.timeMs()), headers);
            eventPublisher.publish(input.user(), stamped, input.timeMs(), headers);
        } else {
            scope.counters().count(Counters.Count.EVENTS_UNSTAMPED);
            eventPublisher.publish(input.user(), input.value(), input.timeMs(), headers);
        }
    }

    private void forwardUncounted(Record<byte[], InputRecord> record) {
        if (settings.input().uncounted() == SessionizerSettings.Uncounted.FORWARD) {
            InputRecord input = record.value();
            eventPublisher.publish(record.key(), input.value(), input.recordTimeMs(), record.headers());
        }
    }

    private void tick(long wall) {
        inputScope.deadLetterLog().logIfDue(wall);
        if (idleDetector.tick(wall)) {
            sessions.followWallClock(wall);
        }
        dueWork.tick();
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        dueWork.close();
        sessions.close();
        inputScope.deadLetterLog().flush();
    }
}
