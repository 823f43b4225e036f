package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
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

/** The way of an event whose record has the user as its key: one processor, one look at the user's state. */
public final class EventProcessor implements Processor<byte[], InputRecord, byte[], byte[]> {
    static final Duration TICK = Duration.ofSeconds(1);

    private final InstanceScope shared;
    private final SessionizerSettings settings;
    private final DeadLetterLog log;
    private ProcessorContext<byte[], byte[]> context;
    private PartitionSessions sessions;
    private EventPublisher enricher;
    private DeadLetterPublisher deadLetters;
    private IdleDetector idleWatch;
    private DueWork backlog;
    private Cancellable tickSchedule;

    public EventProcessor(InstanceScope shared) {
        this.shared = shared;
        this.settings = shared.settings();
        this.log = shared.deadLetterLog();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        sessions = new PartitionSessions(context, shared);
        enricher = new EventPublisher(context, settings, shared.limits(), NodeNames.ENRICHED);
        deadLetters = new DeadLetterPublisher(context, shared.limits().deadLetter(), log);
        backlog = new DueWork(context, sessions, shared.counters());
        TopicPartition source =
                new TopicPartition(settings.topics().events(), context.taskId().partition());
        idleWatch = new IdleDetector(
                source, settings.clock().idleAfterMs(), shared.caughtUp(), context.currentSystemTimeMs());
        tickSchedule = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], InputRecord> record) {
        InputRecord incoming = record.value();
        idleWatch.onRecord(incoming);
        shared.counters().countInput(incoming);
        sessions.advanceClock(context.currentStreamTimeMs());
        switch (incoming.kind) {
            case EVENT -> processEvent(incoming, record.headers());
            case UNCOUNTED -> forwardUncounted(record);
            case ERASURE -> sessions.erase(incoming.user);
            case REJECTED -> deadLetters.publish(record);
        }
    }

    private void processEvent(InputRecord incoming, Headers headers) {
        if (shared.tracking().isActive()) {
            enricher.publishStamped(
                    incoming.user, incoming.stampable(), sessions.add(incoming.user, incoming.time), headers);
        } else {
            shared.counters().count(Counters.Count.EVENTS_UNSTAMPED);
            enricher.publishUnchanged(incoming.user, incoming.value, incoming.time, headers);
        }
    }

    private void forwardUncounted(Record<byte[], InputRecord> record) {
        if (settings.uncounted() == SessionizerSettings.Uncounted.FORWARD) {
            InputRecord incoming = record.value();
            enricher.publishUnchanged(record.key(), incoming.value, incoming.recordTime, record.headers());
        }
    }

    private void tick(long wall) {
        log.logIfDue(wall);
        if (idleWatch.tick(wall)) {
            sessions.followWallClock(wall);
        }
        backlog.tick();
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        backlog.close();
        sessions.close();
        log.flush();
    }
}
