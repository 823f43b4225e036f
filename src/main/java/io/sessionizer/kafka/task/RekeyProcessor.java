package io.sessionizer.kafka.task;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.client.TaskCommit;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.state.ClockSource;
import io.sessionizer.kafka.state.CommitSignal;
import io.sessionizer.kafka.state.PartitionCheckpoint;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.record.RepartitionRecord.InputOffset;
import io.sessionizer.session.ClockRules;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards each event keyed by its user, together with the clock of its source partition. The clock is also sent to
 * every partition on its own, as a watermark: after the repartition topic the slowest source's clock counts, so a
 * partition that receives no events from this source must still receive its clock.
 */
public final class RekeyProcessor implements Processor<byte[], InputRecord, byte[], byte[]> {
    /** The key of a watermark: unlike a null key, it passes the filter before the repartition topic. */
    private static final byte[] WATERMARK_KEY = UserKey.NONE;

    private final InstanceScope scope;
    private final SessionizerSettings settings;
    private final InputScope inputScope;
    private final InputCounter inputCounter;
    private ProcessorContext<byte[], byte[]> context;
    private EventPublisher eventPublisher;
    private DeadLetterPublisher deadLetterPublisher;
    private int source;
    private PartitionCheckpoint checkpoint;
    private PartitionClock clock;
    private InputClock inputClock;
    private WatermarkSchedule watermarks;
    private CommitSignal commitSignal;
    private TaskCommit commit;
    private List<Cancellable> schedules = List.of();

    public RekeyProcessor(InstanceScope scope, InputScope inputScope) {
        this.scope = scope;
        this.settings = scope.settings();
        this.inputScope = inputScope;
        this.inputCounter = new InputCounter(scope.counters());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        source = context.taskId().partition();
        checkpoint = new PartitionCheckpoint(context.getStateStore(NodeNames.INPUT), context.currentStreamTimeMs());
        commit = scope.counters()
                .commits()
                .register(new TopicPartition(settings.topics().name(TopicRole.EVENTS), source), checkpoint::hasUnsaved);
        commitSignal = context.getStateStore(NodeNames.INPUT_COMMIT_SIGNAL);
        commitSignal.register(
                List.of(checkpoint), () -> scope.counters().commits().requireSaved(commit));
        inputScope.startPositions().resume(source, checkpoint.position()).ifPresent(checkpoint::resumeAt);
        clock = checkpoint.clock();
        inputClock = new InputClock(scope, inputScope, source, clock);
        // an earlier watermark may have been aborted
        watermarks = new WatermarkSchedule(scope.topics().partitions());
        eventPublisher = new EventPublisher(context, scope, NodeNames.ENRICHED_UNKNOWN_USER_SINK);
        deadLetterPublisher = new DeadLetterPublisher(context, scope, inputScope.deadLetterLog());
        schedules = List.of(
                context.schedule(InputClock.CHECK, PunctuationType.WALL_CLOCK_TIME, steadyMs -> followWallClock()),
                context.schedule(InstanceScope.TICK, PunctuationType.WALL_CLOCK_TIME, steadyMs -> tick()));
    }

    @Override
    public void process(Record<byte[], InputRecord> record) {
        InputRecord input = record.value();
        commit.recordProcessed();
        checkpoint.processed(inputScope.startPositions().topicId(), input.offset());
        inputCounter.count(input);
        long withRecord = inputClock.with(input);
        if (withRecord > clock.timeMs()) {
            clock.advance(withRecord, ClockSource.EVENT_TIME);
        }
        watermarks.progressed();
        switch (input.kind()) {
            case EVENT ->
                forwardByUser(
                        record,
                        new RepartitionRecord(
                                RepartitionRecord.RepartitionKind.EVENT,
                                new InputOffset(source, input.offset()),
                                clock.timeMs(),
                                input.timeMs(),
                                input.stampable()));
            case UNCOUNTED -> forwardUncounted(record);
            case ERASURE ->
                context.forward(
                        new Record<>(
                                input.user(),
                                RepartitionRecord.of(RepartitionRecord.RepartitionKind.ERASURE, source, clock.timeMs())
                                        .toBytes(),
                                record.timestamp()),
                        NodeNames.BY_USER_INPUT);
            case IGNORED -> {}
            case REJECTED -> deadLetterPublisher.publish(record);
        }
    }

    private void forwardUncounted(Record<byte[], InputRecord> record) {
        InputRecord input = record.value();
        if (settings.input().uncounted() == SessionizerSettings.Uncounted.DROP) {
            return;
        }
        if (input.hasUser()) {
            forwardByUser(
                    record,
                    RepartitionRecord.uncounted(
                            source,
                            clock.timeMs(),
                            input.recordTimeMs() < 0 ? scope.now().wallMs() : input.recordTimeMs(),
                            input.value()));
        } else {
            eventPublisher.publish(record.key(), input.value(), input.recordTimeMs(), record.headers());
        }
    }

    private void forwardByUser(Record<byte[], InputRecord> record, RepartitionRecord repartitionRecord) {
        context.forward(
                new Record<>(record.value().user(), repartitionRecord.toBytes(), record.timestamp(), record.headers()),
                NodeNames.BY_USER_INPUT);
    }

    private void followWallClock() {
        long wallMs = scope.now().wallMs();
        if (ClockRules.isAhead(clock.timeMs(), wallMs)) {
            InputClock.logSetBack("input partition " + source, clock.timeMs(), wallMs);
            clock.setBack(wallMs);
        }
        InputClock.Follow follow = inputClock.follow();
        follow.toMs().ifPresent(toMs -> clock.advance(toMs, ClockSource.WALL_CLOCK));
        if (follow.hasPassed()) {
            watermarks.progressed();
        }
        if (watermarks.isDue(clock, scope.now().nanoTime().getAsLong())) {
            publishWatermark();
        }
    }

    private void publishWatermark() {
        RepartitionRecord.RepartitionKind kind =
                switch (clock.source()) {
                    case WALL_CLOCK -> RepartitionRecord.RepartitionKind.WALL_CLOCK;
                    case EVENT_TIME -> RepartitionRecord.RepartitionKind.CLOCK;
                };
        byte[] watermark = RepartitionRecord.of(kind, source, clock.timeMs()).toBytes();
        context.forward(new Record<>(WATERMARK_KEY, watermark, scope.now().wallMs()), NodeNames.BY_USER_INPUT);
    }

    private void tick() {
        inputScope.deadLetterLog().logIfDue(scope.now().wallMs());
        inputCounter.flush();
        scope.counters().update(inputClock.status());
    }

    @Override
    public void close() {
        schedules.forEach(Cancellable::cancel);
        inputClock.close();
        commitSignal.unregister();
        scope.counters().commits().unregister(commit);
        scope.counters().removeInput(source);
        inputScope.deadLetterLog().flush();
        inputCounter.flush();
    }
}
