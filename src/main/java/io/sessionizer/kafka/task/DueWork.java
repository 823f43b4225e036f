package io.sessionizer.kafka.task;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Works off many sessions that are due at once, in slices: between two of them the thread commits, since a new event's stamp
 * is not seen before, and handles new events. While something is left the next slice comes right after, or, as long as events
 * come, after a rest: Kafka Streams punctuates after each record of those it has polled, and polls no others meanwhile.
 */
final class DueWork {
    private static final Duration SLICE_INTERVAL = Duration.ofMillis(1);
    private static final long REST_MS = 50;

    private final ProcessorContext<?, ?> context;
    private final PartitionSessions sessions;
    private final Counters counters;
    private Cancellable sliceSchedule;
    /** How many events the instance had counted at the latest slice, and at the latest punctuation. */
    private long arrivalsAtSlice;

    private long arrivalsAtPunctuation;
    private long restEnds;
    private boolean isResting;

    DueWork(ProcessorContext<?, ?> context, PartitionSessions sessions, Counters counters) {
        this.context = context;
        this.sessions = sessions;
        this.counters = counters;
    }

    /** The look that comes each second; while slices run, they do the work. */
    void tick() {
        sessions.refillBudget();
        if (sliceSchedule == null) {
            process();
        }
        sessions.report();
    }

    /** A task that is revived starts with a new backlog, but Kafka Streams keeps the schedules of the old one. */
    void close() {
        if (sliceSchedule != null) {
            sliceSchedule.cancel();
            sliceSchedule = null;
        }
    }

    /** The rest begins with the first punctuation behind the commit, which may take longer than it. */
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
            // it waits until all that was told is written, so that must not be much
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
