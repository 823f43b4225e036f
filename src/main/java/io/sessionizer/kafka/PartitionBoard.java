package io.sessionizer.kafka;

import io.sessionizer.codec.BoardRow;
import io.sessionizer.codec.BoardRowCodec;
import io.sessionizer.codec.OpenCodec;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Quarter;
import io.sessionizer.session.Session;
import io.sessionizer.session.Timeline;
import io.sessionizer.session.Told;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one partition tells the board: the figures of its concluded sessions by quarter-hour of their last activity, each
 * session as its latest revision tells it, and what is open now. {@link Quarters} keeps the figures; the empty key of the
 * same store holds what is open.
 */
final class PartitionBoard {
    /** A row is kept for so long on the partition's clock, in ms: 30 days, and what time zones and today add to them. */
    static final long KEPT_MS = 32L * 24 * 60 * 60 * 1000;

    private static final byte[] OPEN_KEY = {};
    /** More are written with the next look, the latest first. */
    private static final int ROWS_A_LOOK = 256;

    private final ProcessorContext<byte[], byte[]> context;
    private final OutputLimits.Limit limit;
    private final int partition;
    private final KeyValueStore<byte[], byte[]> store;
    private final Quarters quarters;
    private long activeUsers;
    private long openSessions;
    private boolean isOpenStored = true;
    private boolean isOpenWritten;
    private long quarter;
    /** When the clock leaves {@link #quarter}, epoch ms. */
    private long leavesAt;

    PartitionBoard(ProcessorContext<byte[], byte[]> context, OutputLimits.Limit limit) {
        this.context = context;
        this.limit = limit;
        this.partition = context.taskId().partition();
        this.store = context.getStateStore(Names.BOARD);
        this.quarters = new Quarters(store);
    }

    /** Goes on from where it stood; without anything stored yet, from the timelines, which may be older than the board. */
    void start(Timelines timelines, long clock) {
        enter(clock);
        byte[] stored = store.get(OPEN_KEY);
        if (stored != null) {
            OpenCodec.Open open = OpenCodec.decode(stored);
            activeUsers = open.users();
            openSessions = open.sessions();
            return;
        }
        timelines.forEach(timeline -> {
            timeline.sessions().forEach(session -> count(session.told()));
            changed(0, timeline.openSessions());
        });
        isOpenStored = false;
        save();
    }

    /** To be called before the clock moves; one comparison unless it leaves a quarter-hour. */
    void clockMoves(long from, long to) {
        if (to < leavesAt) {
            return;
        }
        if (from >= 0) {
            quarters.change(quarter).activeUsers = activeUsers;
        }
        enter(to);
        quarters.removeBefore(earliestKept(), removed -> write(new BoardRow.Removed(partition, removed)));
        quarters.save();
    }

    private void enter(long clock) {
        quarter = Quarter.of(clock);
        leavesAt = Quarter.start(quarter + 1);
    }

    private long earliestKept() {
        return quarter - KEPT_MS / Quarter.MS;
    }

    void count(Conclusion conclusion) {
        uncount(conclusion.before());
        count(conclusion.now());
    }

    private void count(Told told) {
        if (isKept(told)) {
            quarters.change(Quarter.of(told.end())).figures.count(told);
        }
    }

    private void uncount(Told told) {
        if (isKept(told)) {
            quarters.change(Quarter.of(told.end())).figures.uncount(told);
        }
    }

    /** What is not kept is neither counted nor taken back: the clock never runs backwards. */
    private boolean isKept(Told told) {
        return !told.isNothing() && Quarter.of(told.end()) >= earliestKept();
    }

    void erase(Timeline timeline) {
        for (Session session : timeline.sessions()) {
            uncount(session.told());
        }
        changed(timeline.openSessions(), 0);
    }

    /** A user's number of open sessions changes. */
    void changed(int before, int after) {
        if (before != after) {
            openSessions += after - before;
            activeUsers += Integer.signum(after) - Integer.signum(before);
            isOpenStored = false;
            isOpenWritten = false;
        }
    }

    /** Stores what has changed; to be called before the record or punctuation that changed it ends. */
    void save() {
        quarters.save();
        if (!isOpenStored) {
            store.put(OPEN_KEY, OpenCodec.encode(new OpenCodec.Open(activeUsers, openSessions)));
            isOpenStored = true;
        }
    }

    /** Writes to the topic what has changed since the last look, and all of it in the end. */
    void look() {
        for (int i = 0; i < ROWS_A_LOOK && quarters.hasUnwritten(); i++) {
            long next = quarters.nextToWrite();
            Quarters.Row row = quarters.row(next);
            if (next == quarter) {
                row.activeUsers = activeUsers;
            }
            write(new BoardRow.Counted(partition, next, row.figures, row.activeUsers));
        }
        quarters.save();
        if (!isOpenWritten) {
            write(new BoardRow.Now(partition, activeUsers, openSessions));
            isOpenWritten = true;
        }
    }

    private void write(BoardRow row) {
        long wall = context.currentSystemTimeMs();
        context.forward(
                new Record<>(
                        BoardRowCodec.key(context.applicationId(), row),
                        BoardRowCodec.value(row).orElse(null),
                        limit.nearest(wall, wall)),
                Names.BOARD_SINK);
    }

    long activeUsers() {
        return activeUsers;
    }

    long openSessions() {
        return openSessions;
    }
}
