package io.sessionizer.kafka.task;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.IdleDetector;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.session.ClockRules;
import java.time.Duration;
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
    /** The key of a watermark: unlike no key at all, it passes the filter before the repartition topic. */
    private static final byte[] WATERMARK_KEY = UserKey.NONE;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long WATERMARK_INTERVAL_MS_PER_SOURCE = 50;
    /**
     * A clock that does not advance is sent again: after a rebalance, the task that reads the topic starts without it.
     */
    private static final long WATERMARK_REPEAT_MS = 30_000;

    private final InstanceScope scope;
    private final SessionizerSettings settings;
    private final InputScope inputScope;
    private final long watermarkIntervalMs;
    private final long watermarkRepeatMs;
    private ProcessorContext<byte[], byte[]> context;
    private EventPublisher eventPublisher;
    private DeadLetterPublisher deadLetterPublisher;
    private IdleDetector idleDetector;
    private int source;
    private long clock;
    private boolean followsWall;
    private long lastWatermark;
    private long publishedAt;
    private Cancellable tickSchedule;

    public RekeyProcessor(InstanceScope scope, InputScope inputScope) {
        this.scope = scope;
        this.settings = scope.settings();
        this.inputScope = inputScope;
        // each source sends to all partitions, so with more sources each sends less often
        this.watermarkIntervalMs =
                WATERMARK_INTERVAL_MS_PER_SOURCE * scope.topics().partitions();
        this.watermarkRepeatMs = Math.max(WATERMARK_REPEAT_MS, watermarkIntervalMs);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        source = context.taskId().partition();
        clock = context.currentStreamTimeMs();
        // an earlier watermark may have been aborted
        lastWatermark = ClockRules.NONE;
        OutputLimits limits = scope.topics().limits();
        eventPublisher = new EventPublisher(context, settings, limits, NodeNames.ENRICHED_UNKNOWN_USER_SINK);
        deadLetterPublisher =
                new DeadLetterPublisher(context, limits.topic(TopicRole.DEAD_LETTER), inputScope.deadLetterLog());
        TopicPartition partition = new TopicPartition(settings.topics().name(TopicRole.EVENTS), source);
        idleDetector = new IdleDetector(
                partition, settings.clock().idleAfterMs(), inputScope.endOfPartition(), context.currentSystemTimeMs());
        tickSchedule = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], InputRecord> record) {
        InputRecord input = record.value();
        idleDetector.onRecord(input);
        scope.counters().countInput(input);
        if (context.currentStreamTimeMs() > clock) {
            clock = context.currentStreamTimeMs();
            followsWall = false;
        }
        switch (input.kind()) {
            case EVENT ->
                forwardByUser(
                        record,
                        new RepartitionRecord(
                                RepartitionRecord.RepartitionKind.EVENT,
                                source,
                                clock,
                                input.timeMs(),
                                input.stampable()));
            case UNCOUNTED -> forwardUncounted(record);
            case ERASURE ->
                context.forward(
                        new Record<>(
                                input.user(),
                                RepartitionRecord.of(RepartitionRecord.RepartitionKind.ERASURE, source, clock)
                                        .toBytes(),
                                record.timestamp()),
                        NodeNames.BY_USER_INPUT);
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
                            clock,
                            input.recordTimeMs() < 0 ? context.currentSystemTimeMs() : input.recordTimeMs(),
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

    private void tick(long wall) {
        inputScope.deadLetterLog().logIfDue(wall);
        if (idleDetector.mayFollowWallClock(wall) && wall > clock) {
            clock = wall;
            followsWall = true;
        }
        if (clock != ClockRules.NONE
                && Math.abs(wall - publishedAt) >= (clock > lastWatermark ? watermarkIntervalMs : watermarkRepeatMs)) {
            RepartitionRecord.RepartitionKind kind = followsWall
                    ? RepartitionRecord.RepartitionKind.WALL_CLOCK
                    : RepartitionRecord.RepartitionKind.CLOCK;
            byte[] watermark = RepartitionRecord.of(kind, source, clock).toBytes();
            context.forward(new Record<>(WATERMARK_KEY, watermark, wall), NodeNames.BY_USER_INPUT);
            lastWatermark = clock;
            publishedAt = wall;
        }
    }

    @Override
    public void close() {
        tickSchedule.cancel();
        inputScope.deadLetterLog().flush();
    }
}
