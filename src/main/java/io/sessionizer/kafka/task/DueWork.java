package io.sessionizer.kafka.task;

import io.sessionizer.kafka.state.TimelineScan;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Decides how long a task works on due sessions. Records conclude what is due within a budget per tick, since a thread
 * processes many of them between two polls. What remains is concluded in slices: between two slices the thread commits,
 * since the stamp of a new event is visible only after a commit, and processes new events. While work remains, the next
 * slice follows immediately, or after a pause if events are arriving: Kafka Streams punctuates after each polled record
 * and does not poll meanwhile.
 */
final class DueWork {
    /** Slices of all partitions together, if one thread has them all: far below the transaction timeout. */
    private static final long ALL_SLICES_NANOS = 1_000_000_000;

    private static final long LONGEST_SLICE_NANOS = 100_000_000;
    /** A short slice is this part of a slice: committing its output takes several times as long. */
    private static final int SHORT_PART = 4;

    private static final int TIME_CHECK_INTERVAL = 16;
    /** The part of a slice that each tick may spend on the scan, unless the scan lags. */
    private static final int SCAN_PART = 20;

    private static final Duration SLICE_INTERVAL = Duration.ofMillis(1);
    private static final long REST_MS = 50;

    private final ProcessorContext<?, ?> context;
    private final PartitionSessions sessions;
    private final LongSupplier arrivals;
    private final LongSupplier nanoTime;
    private final long sliceNanos;
    /** Time that records may still spend on due work until the next tick. */
    private long budgetNanos;

    private Optional<Cancellable> sliceSchedule = Optional.empty();
    /** Number of arrivals at the time of the latest slice, and of the latest punctuation. */
    private long arrivalsAtSlice;

    private long arrivalsAtPunctuation;
    private long restEndsMs;
    private boolean isResting;

    /**
     * @param partitions number of partitions that may all be assigned to one thread
     * @param arrivals number of events that have arrived at the task
     */
    DueWork(ProcessorContext<?, ?> context, PartitionSessions sessions, int partitions, LongSupplier arrivals) {
        this(context, sessions, partitions, arrivals, System::nanoTime);
    }

    /** @param nanoTime measures elapsed time */
    DueWork(
            ProcessorContext<?, ?> context,
            PartitionSessions sessions,
            int partitions,
            LongSupplier arrivals,
            LongSupplier nanoTime) {
        this.context = context;
        this.sessions = sessions;
        this.arrivals = arrivals;
        this.nanoTime = nanoTime;
        this.sliceNanos = Math.min(LONGEST_SLICE_NANOS, ALL_SLICES_NANOS / partitions);
        this.budgetNanos = sliceNanos;
    }

    /** Begins to rebuild the deadlines, before the first record. */
    void start() {
        resumeScan(sliceNanos);
    }

    /** Concludes due sessions within the rest of the budget. */
    void clockAdvanced() {
        if (sessions.hasDue() && budgetNanos > 0) {
            long started = nanoTime.getAsLong();
            conclude(budgetNanos);
            budgetNanos -= nanoTime.getAsLong() - started;
        }
    }

    /** Refills the budget and resumes the scan; while slices are scheduled, they do the rest. */
    void tick() {
        budgetNanos = sliceNanos;
        boolean isLagging = sessions.scan().isLagging(sessions.clockMs());
        resumeScan(isLagging ? sliceNanos : sliceNanos / SCAN_PART);
        if (sliceSchedule.isEmpty()) {
            workSlice();
        }
    }

    /** A revived task creates a new instance, but Kafka Streams keeps the schedules of the old one. */
    void close() {
        sliceSchedule.ifPresent(Cancellable::cancel);
        sliceSchedule = Optional.empty();
    }

    /**
     * The pause begins with the first punctuation after the commit, since the commit may take longer than the pause.
     */
    private void punctuate(long wallMs) {
        if (!isResting) {
            isResting = true;
            restEndsMs = wallMs + REST_MS;
        }
        long arrived = arrivals.getAsLong();
        boolean hasArrivals = arrived != arrivalsAtPunctuation;
        arrivalsAtPunctuation = arrived;
        if (!hasArrivals || wallMs >= restEndsMs) {
            isResting = false;
            workSlice();
        }
    }

    private void workSlice() {
        long arrived = arrivals.getAsLong();
        boolean isShort = arrived != arrivalsAtSlice;
        boolean hasMore = concludeSlice(isShort ? sliceNanos / SHORT_PART : sliceNanos);
        arrivalsAtSlice = arrived;
        arrivalsAtPunctuation = arrived;
        if (hasMore && !sessions.scan().isRebuildingDeadlines()) {
            // a commit waits until all forwarded records are written, so a slice must be short
            context.commit();
        }
        if (hasMore && sliceSchedule.isEmpty()) {
            sliceSchedule =
                    Optional.of(context.schedule(SLICE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::punctuate));
        } else if (!hasMore) {
            close();
        }
    }

    /** Returns whether work remains. Sessions that are found due conclude while deadlines are still being rebuilt. */
    private boolean concludeSlice(long nanos) {
        TimelineScan scan = sessions.scan();
        if (scan.isRebuildingDeadlines()) {
            resumeScan(nanos);
        }
        conclude(nanos);
        return scan.isRebuildingDeadlines() || sessions.hasDue();
    }

    private void conclude(long nanos) {
        long started = nanoTime.getAsLong();
        boolean isInTime = true;
        for (int done = 1; isInTime && sessions.hasDue(); done++) {
            sessions.concludeNext();
            isInTime = done % TIME_CHECK_INTERVAL != 0 || nanoTime.getAsLong() - started <= nanos;
        }
    }

    private void resumeScan(long nanos) {
        sessions.resumeScan(nanos);
    }
}
