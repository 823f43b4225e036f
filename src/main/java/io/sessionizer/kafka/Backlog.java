package io.sessionizer.kafka;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Works off many sessions that are due at once, in slices between which the thread polls and commits, so that new events
 * are not held up for long; while something is left the next one comes right after the next poll.
 */
final class Backlog {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ProcessorContext<?, ?> context;
    private final SessionKeeper sessions;
    private Cancellable slices;

    Backlog(ProcessorContext<?, ?> context, SessionKeeper sessions) {
        this.context = context;
        this.sessions = sessions;
    }

    /** The look that comes each second; while slices run, they do the work. */
    void look() {
        sessions.refillBudget();
        if (slices == null) {
            workOff();
        }
        sessions.tell();
    }

    /** A task that is revived starts with a new backlog, but Kafka Streams keeps the schedules of the old one. */
    void close() {
        if (slices != null) {
            slices.cancel();
            slices = null;
        }
    }

    private void workOff() {
        boolean isLeft = sessions.drain();
        if (isLeft) {
            // a new event's stamp is not seen before the commit, and that waits until all that was told is written
            context.commit();
        }
        if (isLeft && slices == null) {
            slices = context.schedule(AT_ONCE, PunctuationType.WALL_CLOCK_TIME, wall -> workOff());
        } else if (!isLeft && slices != null) {
            slices.cancel();
            slices = null;
        }
    }
}
