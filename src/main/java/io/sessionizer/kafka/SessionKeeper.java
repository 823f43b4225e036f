package io.sessionizer.kafka;

import io.sessionizer.kafka.Counters.Count;
import io.sessionizer.session.Added;
import io.sessionizer.session.Advanced;
import io.sessionizer.session.Rules;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.Timeline;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * One partition's sessions and clock: adds events, and concludes sessions as the clock moves; what is to be told of it is
 * for {@link News}. All state is in the stores; what it holds beside them is rebuilt by a new one.
 */
final class SessionKeeper {
    /** What all partitions may spend on what is due in one go, if one thread has them all: far less than a transaction's. */
    private static final long ALL_SLICES_NANOS = 1_000_000_000;

    private static final long LONGEST_SLICE_NANOS = 100_000_000;
    private static final int LOOK_AT_TIME_EVERY = 16;

    private final int partition;
    private final Rules rules;
    private final Counters counters;
    private final Deadlines deadlines;
    private final Timelines timelines;
    private final PartitionClock clock;
    private final PartitionBoard board;
    private final News news;
    private boolean mayHaveLostDeadlines;
    private final long sliceNanos;
    /** What records may still spend on what is due, until the next look. */
    private long budgetNanos;

    SessionKeeper(ProcessorContext<byte[], byte[]> context, Shared shared) {
        this.partition = context.taskId().partition();
        this.rules = shared.settings().rules();
        this.counters = shared.counters();
        this.sliceNanos = Math.min(LONGEST_SLICE_NANOS, ALL_SLICES_NANOS / shared.partitions());
        this.budgetNanos = sliceNanos;
        this.deadlines = new Deadlines(context.getStateStore(Names.DEADLINES));
        this.timelines = new Timelines(context.getStateStore(Names.TIMELINES), deadlines);
        this.clock = new PartitionClock(context, shared.settings(), timelines);
        this.board = new PartitionBoard(context, shared.limits().board());
        this.news = new News(context, shared, board, clock);
        this.mayHaveLostDeadlines = !shared.settings().isExactlyOnce();
        board.start(timelines, clock.time());
        stand();
    }

    long clock() {
        return clock.time();
    }

    /** Moves the clock as events do, never backwards, and concludes what is due. */
    void moveClock(long to) {
        move(to, false);
    }

    /** The same, where the partition is idle, and its clock follows the wall clock. */
    void followWall(long to) {
        move(to, true);
    }

    /**
     * A thread handles many records between two polls, so the time that they may spend on what is due is bounded over all
     * of them: beyond it, the {@link Backlog} goes on.
     */
    private void move(long to, boolean byWall) {
        if (to > clock.time()) {
            board.clockMoves(clock.time(), to);
            clock.move(to, byWall);
        }
        if (deadlines.hasDue(clock.time()) && budgetNanos > 0) {
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
        boolean isInTime = true;
        for (int done = 1; isInTime && deadlines.hasDue(clock.time()); done++) {
            ring(deadlines.first());
            isInTime = done % LOOK_AT_TIME_EVERY != 0 || System.nanoTime() - started <= nanos;
        }
        board.save();
        return deadlines.hasDue(clock.time());
    }

    private void ring(byte[] deadline) {
        byte[] user = Deadlines.user(deadline);
        Timeline timeline = timelines.of(user);
        if (timeline.alarm() != Deadlines.time(deadline)) {
            // left over from a crash under at-least-once
            deadlines.remove(deadline);
            return;
        }
        Advanced advanced = timeline.advance(clock.time(), rules);
        rememberClock();
        timelines.replace(user, timeline, advanced.timeline());
        news.advanced(user, timeline, advanced);
    }

    /**
     * Adds an event and tells what it concludes.
     *
     * @param time event time in epoch ms
     * @return the id of the session that the event belongs to now
     */
    SessionId add(byte[] user, long time) {
        Timeline before = timelines.of(user);
        Added added = before.add(time, clock.time(), rules);
        if (time < clock.time()) {
            rememberClock();
            if (time < clock.time() - rules.gapMs()) {
                counters.count(Count.EVENTS_LATE);
            }
        }
        timelines.replace(user, before, added.timeline());
        if (added.isNews()) {
            news.added(user, before, added);
            board.save();
        }
        return SessionId.of(user, added.session().openedAt());
    }

    /** Forgets the user's sessions without concluding them. */
    void erase(byte[] user) {
        Timeline timeline = timelines.of(user);
        if (!timeline.isEmpty()) {
            timelines.replace(user, timeline, Timeline.EMPTY);
        }
        news.erased(user, timeline);
        board.save();
    }

    /**
     * Stores the clock where a restart would not restore it: with each look, and when something now depends on it. So it
     * never runs backwards, yet an ordinary event costs no write for it.
     */
    void rememberClock() {
        clock.remember();
    }

    /** Tells the board what has changed, and the counters how the partition stands. To be called with each look. */
    void tell() {
        board.look();
        stand();
    }

    private void stand() {
        counters.stands(new Counters.Partition(
                partition, board.openSessions(), board.activeUsers(), clock.time(), deadlines.overdue(clock.time())));
    }

    /** The partition is another instance's from now on, or a new keeper's. */
    void close() {
        counters.left(partition);
    }
}
