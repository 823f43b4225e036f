package io.sessionizer.kafka.task;

import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UserKey;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.state.PartitionClock;
import io.sessionizer.kafka.state.PartitionState;
import io.sessionizer.kafka.state.QuarterHourStore;
import io.sessionizer.record.StatsRowCodec;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.TimelineChange;
import io.sessionizer.stats.OpenCounts;
import io.sessionizer.stats.PartitionCounter;
import io.sessionizer.stats.QuarterHour;
import io.sessionizer.stats.StatsRow;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final Supplier<Optional<UncountedReason>> nearlyAllUncounted;
    /** The latest published row, if this task has published one. */
    private Optional<StatsRow.LiveRow> published = Optional.empty();
    /** Whether timelines that are older than the statistics are being counted; nothing is published until they are. */
    private boolean isCounting;
    /** The user up to whom the timelines are counted. */
    private byte[] countedTo;
    /** End of the clock's quarter-hour, epoch ms. */
    private long quarterHourEndsAt;

    StatsPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, PartitionState state) {
        this.context = context;
        this.clock = state.clock();
        this.now = scope.now();
        this.partition = context.taskId().partition();
        this.store = state.quarterHours();
        this.nearlyAllUncounted = scope.counters()::nearlyAllUncounted;
        this.counter = new PartitionCounter(
                scope.settings().rules(),
                store::rowForUpdate,
                store.openCounts().orElse(OpenCounts.NONE));
        this.quarterHourEndsAt = quarterHourEnd();
        this.isCounting = store.openCounts().isEmpty() || store.countedTo().isPresent();
        this.countedTo = store.countedTo().orElse(UserKey.NONE);
        store.publishTo(scope.topics().boardId());
    }

    /** Whether statistics are stored for some of the timelines only, as after an upgrade from a version without them. */
    boolean isCounting() {
        return isCounting;
    }

    /** Counts a timeline that is not counted yet. Call for all in the order of their users. */
    void visit(byte[] user, Timeline timeline) {
        if (isUncounted(user)) {
            update(() -> counter.addExisting(timeline, clock.timeMs()));
            countedTo = user;
            store.setCountedTo(Optional.of(user));
            // even if nothing is open: at the next start it indicates that timelines are counted
            store.setOpenCounts(counter.open());
        }
    }

    /** All timelines were visited. */
    void visitedAll() {
        if (isCounting) {
            isCounting = false;
            store.setCountedTo(Optional.empty());
        }
    }

    /** Whether the user's changes need not be counted, since the timeline will be. */
    private boolean isUncounted(byte[] user) {
        return isCounting && Arrays.compareUnsigned(user, countedTo) > 0;
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

    void apply(byte[] user, TimelineChange change) {
        if (!isUncounted(user)) {
            update(() -> counter.apply(change, clock.timeMs()));
        }
    }

    /** The user is erased; {@code timeline} is the former timeline, which may be empty. */
    void erase(byte[] user, Timeline timeline) {
        if (!isUncounted(user)) {
            update(() -> counter.erase(timeline, clock.timeMs()));
        }
    }

    private void update(Runnable count) {
        OpenCounts before = counter.open();
        count.run();
        if (!counter.open().equals(before)) {
            store.setOpenCounts(counter.open());
        }
    }

    /** Publishes rows that have changed, a bounded number per tick. */
    void tick() {
        if (isCounting) {
            return;
        }
        store.checkStored(ROWS_PER_TICK);
        for (int i = 0; i < ROWS_PER_TICK && store.hasUnpublished(); i++) {
            long quarterHour = store.pollUnpublished();
            publish(new StatsRow.QuarterHourRow(partition, quarterHour, store.row(quarterHour)));
        }
        StatsRow.LiveRow live = new StatsRow.LiveRow(partition, counter.open(), nearlyAllUncounted.get());
        if (!published.equals(Optional.of(live))) {
            publish(live);
            published = Optional.of(live);
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

    /** What is open; empty while it is being counted. */
    Optional<OpenCounts> open() {
        return isCounting ? Optional.empty() : Optional.of(counter.open());
    }
}
