package io.sessionizer.kafka.task;

import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.state.PartitionState;
import io.sessionizer.kafka.state.QuarterHourStore;
import io.sessionizer.kafka.state.TimelineStore;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.PartitionCounter;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.StatsRow;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes one partition's statistics: rows of changed quarter-hours, tombstones of expired ones, and the current open counts.
 * {@link PartitionCounter} counts, {@link QuarterHourStore} stores.
 */
final class StatsPublisher {
    /** The rest is published with the next tick, the latest quarter-hours first. */
    private static final int ROWS_PER_TICK = 256;

    private final ProcessorContext<byte[], byte[]> context;
    private final PartitionClock clock;
    private final Now now;
    private final int partition;
    private final QuarterHourStore store;
    private final PartitionCounter counter;
    private boolean isLiveRowPublished;
    /** End of the clock's quarter-hour, epoch ms. */
    private long quarterHourEndsAt;

    StatsPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, PartitionState state) {
        this.context = context;
        this.clock = state.clock();
        this.now = scope.now();
        this.partition = context.taskId().partition();
        this.store = state.quarterHours();
        this.counter = new PartitionCounter(
                scope.settings().rules(),
                store::rowForUpdate,
                store.openCounts().orElse(OpenCounts.NONE));
        this.quarterHourEndsAt = quarterHourEnd();
        store.publishTo(scope.topics().boardId());
    }

    /** Where no statistics are stored yet, counts the timelines, which may be older than the statistics: once. */
    void restore(TimelineStore timelines) {
        if (store.openCounts().isEmpty()) {
            timelines.scan(UserKey.NONE, Long.MAX_VALUE, (user, timeline) -> {
                update(() -> counter.addExisting(timeline, clock.timeMs()));
                // also where nothing is open: it shows at the next start that they are counted
                store.setOpenCounts(counter.open());
            });
        }
    }

    /** Costs one comparison unless a new quarter-hour begins. */
    void clockAdvanced() {
        if (clock.timeMs() >= quarterHourEndsAt) {
            quarterHourEndsAt = quarterHourEnd();
            store.removeBefore(
                    PartitionCounter.earliestKept(clock.timeMs()),
                    removed -> publish(new StatsRow.ExpiredRow(partition, removed)));
        }
    }

    void clockSetBack() {
        quarterHourEndsAt = quarterHourEnd();
    }

    private long quarterHourEnd() {
        return QuarterHour.start(QuarterHour.of(clock.timeMs()) + 1);
    }

    void apply(TimelineChange change) {
        update(() -> counter.apply(change, clock.timeMs()));
    }

    /** The user is erased; {@code timeline} is the former timeline, which may be empty. */
    void erase(Timeline timeline) {
        update(() -> counter.erase(timeline, clock.timeMs()));
    }

    private void update(Runnable count) {
        OpenCounts before = counter.open();
        count.run();
        if (!counter.open().equals(before)) {
            store.setOpenCounts(counter.open());
            isLiveRowPublished = false;
        }
    }

    /** Publishes rows that have changed, a bounded number per tick. */
    void tick() {
        store.checkStored(ROWS_PER_TICK);
        for (int i = 0; i < ROWS_PER_TICK && store.hasUnpublished(); i++) {
            long quarterHour = store.pollUnpublished();
            publish(new StatsRow.QuarterHourRow(partition, quarterHour, store.row(quarterHour)));
        }
        if (!isLiveRowPublished) {
            publish(new StatsRow.LiveRow(partition, counter.open()));
            isLiveRowPublished = true;
        }
    }

    private void publish(StatsRow row) {
        context.forward(
                new Record<>(
                        StatsRowCodec.key(context.applicationId(), row),
                        StatsRowCodec.value(row).orElse(null),
                        now.wallMs()),
                NodeNames.BOARD_SINK);
    }

    OpenCounts open() {
        return counter.open();
    }
}
