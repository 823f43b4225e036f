package io.sessionizer.kafka.task;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Concludes large numbers of due sessions in slices. Between two slices the thread commits, since the stamp of a new
 * event is visible only after a commit, and processes new events. While work remains, the next slice follows
 * immediately, or after a pause if events are arriving: Kafka Streams punctuates after each polled record and does not
 * poll meanwhile.
 */
final class DueWork {
    private static final Duration SLICE_INTERVAL = Duration.ofMillis(1);
    private static final long REST_MS = 50;

    private final ProcessorContext<?, ?> context;
    private final PartitionSessions sessions;
    private final Counters counters;
    private Cancellable sliceSchedule;
    /** Number of events the instance had counted at the latest slice, and at the latest punctuation. */
    private long arrivalsAtSlice;

    private long arrivalsAtPunctuation;
    private long restEnds;
    private boolean isResting;

    DueWork(ProcessorContext<?, ?> context, PartitionSessions sessions, Counters counters) {
        this.context = context;
        this.sessions = sessions;
        this.counters = counters;
    }

    /** Called once a second; while slices are scheduled, they do the work. */
    void tick() {
        sessions.refillBudget();
        if (sliceSchedule == null) {
            process();
        }
        sessions.report();
    }

    /** A revived task creates a new instance, but Kafka Streams keeps the schedules of the old one. */
    void close() {
        if (sliceSchedule != null) {
            sliceSchedule.cancel();
            sliceSchedule = null;
        }
    }

    /**
     * The pause begins with the first punctuation after the commit, since the commit may take longer than the pause.
     */
    private void punctuate(long wall) {
        if (!isResting) {
            isResting = true;
            restEnds = wall + REST_MS;
        }
        long arrivals = arrivals();
        boolean hasArrivals = arrivals != arrivalsAtPunctuation;
        arrivalsAtPunctuation = arrivals;
        if (!hasArrivals || wall >= restEnds) {
            isResting = false;
            process();
        }
    }

    private void process() {
        long arrivals = arrivals();
        boolean hasMore = sessions.concludeDue(arrivals != arrivalsAtSlice);
        arrivalsAtSlice = arrivals;
        arrivalsAtPunctuation = arrivals;
        if (hasMore && !sessions.isRebuildingDeadlines()) {
            // a commit waits until all forwarded records are written, so a slice must be short
            context.commit();
        }
        if (hasMore && sliceSchedule == null) {
            sliceSchedule = context.schedule(SLICE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::punctuate);
        } else if (!hasMore && sliceSchedule != null) {
            sliceSchedule.cancel();
            sliceSchedule = null;
        }
    }

    private long arrivals() {
        return counters.value(Counters.Count.EVENTS_COUNTED);
    }
}
