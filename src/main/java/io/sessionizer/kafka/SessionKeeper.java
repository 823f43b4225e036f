package io.sessionizer.kafka;

import io.sessionizer.codec.ConcludedWriter;
import io.sessionizer.session.Added;
import io.sessionizer.session.Advanced;
import io.sessionizer.session.Clock;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Rules;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One partition's sessions and clock: adds events, and tells of the sessions that conclude as the clock moves. All state
 * is in the stores; what it holds beside them is rebuilt by a new one.
 */
final class SessionKeeper {
    /** What all partitions may spend on what is due in one go, if one thread has them all: far less than a transaction's. */
    private static final long ALL_SLICES_NANOS = 1_000_000_000;

    private static final long LONGEST_SLICE_NANOS = 100_000_000;
    private static final int LOOK_AT_TIME_EVERY = 16;
    private static final String SEGMENTS_HEADER = "ct-live-segments";
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final ProcessorContext<byte[], byte[]> context;
    private final Rules rules;
    private final OutputLimits limits;
    private final ConcludedWriter concludedWriter;
    private final boolean streamTimeIsClock;
    private final Deadlines deadlines;
    private final Timelines timelines;
    private long clock;
    private long rememberedClock;
    private boolean mayHaveLostDeadlines;
    private final long sliceNanos;
    /** What records may still spend on what is due, until the next look. */
    private long budgetNanos;

    SessionKeeper(ProcessorContext<byte[], byte[]> context, Shared shared) {
        Settings settings = shared.settings();
        this.context = context;
        this.rules = settings.rules();
        this.limits = shared.limits();
        this.concludedWriter = new ConcludedWriter(settings.format());
        // behind a repartition topic stream time is that of the fastest source, and the clock that of the slowest
        this.streamTimeIsClock = settings.userFrom() == Settings.UserFrom.KEY;
        this.sliceNanos = Math.min(LONGEST_SLICE_NANOS, ALL_SLICES_NANOS / shared.partitions());
        this.budgetNanos = sliceNanos;
        this.deadlines = new Deadlines(context.getStateStore(Names.DEADLINES));
        this.timelines = new Timelines(context.getStateStore(Names.TIMELINES), deadlines);
        this.rememberedClock = timelines.clock();
        this.clock = Math.max(rememberedClock, restorableClock());
        this.mayHaveLostDeadlines = !settings.isExactlyOnce();
    }

    long clock() {
        return clock;
    }

    /**
     * Moves the clock, never backwards, and concludes what is due. A thread handles many records between two polls, so the
     * time that they may spend on that is bounded over all of them: beyond it, the {@link Backlog} goes on.
     */
    void moveClock(long to) {
        if (to > clock) {
            clock = to;
        }
        if (deadlines.hasDue(clock) && budgetNanos > 0) {
            long started = System.nanoTime();
            drain(budgetNanos);
            budgetNanos -= System.nanoTime() - started;
        }
    }

    /** To be called with each look. */
    void refillBudget() {
        budgetNanos = sliceNanos;
        if (mayHaveLostDeadlines) {
            mayHaveLostDeadlines = timelines.rearmSome(sliceNanos);
        }
    }

    /** Works off what is due, for a slice of time; whether anything is left. */
    boolean drain() {
        return drain(sliceNanos);
    }

    private boolean drain(long nanos) {
        long started = System.nanoTime();
        for (int done = 1; deadlines.hasDue(clock); done++) {
            ring(deadlines.first());
            if (done % LOOK_AT_TIME_EVERY == 0 && System.nanoTime() - started > nanos) {
                return deadlines.hasDue(clock);
            }
        }
        return false;
    }

    private void ring(byte[] deadline) {
        byte[] user = Deadlines.user(deadline);
        Timeline timeline = timelines.of(user);
        if (timeline.alarm() != Deadlines.time(deadline)) {
            // left over from a crash under at-least-once
            deadlines.remove(deadline);
            return;
        }
        Advanced advanced = timeline.advance(clock, rules);
        rememberClock();
        timelines.replace(user, timeline, advanced.timeline());
        for (Conclusion conclusion : advanced.conclusions()) {
            tell(user, conclusion);
        }
    }

    /**
     * Adds an event and tells what it concludes.
     *
     * @param time event time in epoch ms
     * @return the id of the session that the event belongs to now
     */
    SessionId add(byte[] user, long time) {
        Timeline before = timelines.of(user);
        Added added = before.add(time, clock, rules);
        if (time < clock) {
            rememberClock();
        }
        timelines.replace(user, before, added.timeline());
        for (Conclusion conclusion : added.conclusions()) {
            tell(user, conclusion);
        }
        return SessionId.of(user, added.session().openedAt());
    }

    /** Forgets the user's sessions without concluding them. */
    void erase(byte[] user) {
        Timeline timeline = timelines.of(user);
        if (!timeline.isEmpty()) {
            timelines.replace(user, timeline, Timeline.EMPTY);
        }
    }

    /**
     * Stores the clock where a restart would not restore it: with each look, and when something now depends on it. So it
     * never runs backwards, yet an ordinary event costs no write for it.
     */
    void rememberClock() {
        if (clock > rememberedClock && clock > restorableClock()) {
            timelines.rememberClock(clock);
            rememberedClock = clock;
        }
    }

    private long restorableClock() {
        return streamTimeIsClock ? context.currentStreamTimeMs() : Clock.NONE;
    }

    private void tell(byte[] user, Conclusion conclusion) {
        SessionId id = SessionId.of(user, conclusion.session().openedAt());
        byte[] value = concludedWriter.write(user, conclusion, id, mergedInto(user, conclusion.mergedInto()));
        long time = limits.concluded().nearest(conclusion.session().end(), context.currentSystemTimeMs());
        Headers headers = new RecordHeaders().add(SEGMENTS_HEADER, FALSE);
        context.forward(new Record<>(user, value, time, headers), Names.CONCLUDED);
    }

    private static Optional<SessionId> mergedInto(byte[] user, OptionalLong openedAt) {
        return openedAt.isPresent() ? Optional.of(SessionId.of(user, openedAt.getAsLong())) : Optional.empty();
    }
}
