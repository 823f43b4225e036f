package io.sessionizer.kafka;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Works off many sessions that are due at once, in slices between which the thread polls and commits: a slice is far
 * shorter than a transaction's timeout, and while something is left the next one comes right after the next poll.
 */
final class Backlog {
    private static final long SLICE_NANOS = 100_000_000;
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ProcessorContext<?, ?> context;
    private final SessionKeeper sessions;
    private Cancellable slices;

    Backlog(ProcessorContext<?, ?> context, SessionKeeper sessions) {
        this.context = context;
        this.sessions = sessions;
    }

    void workOff() {
        boolean isLeft = sessions.drain(Integer.MAX_VALUE, SLICE_NANOS);
        if (isLeft && slices == null) {
            slices = context.schedule(AT_ONCE, PunctuationType.WALL_CLOCK_TIME, wall -> workOff());
        } else if (!isLeft && slices != null) {
            slices.cancel();
            slices = null;
        }
    }
}
