package io.sessionizer.kafka;

import io.sessionizer.session.Clock;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * One partition's clock. It never runs backwards, and it is stored where a restart would not restore it by itself, so that
 * an ordinary event costs no write for it.
 */
final class PartitionClock {
    private final ProcessorContext<byte[], byte[]> context;
    private final Timelines timelines;
    private final boolean streamTimeIsClock;
    private long time;
    private long remembered;
    private boolean followsWall;

    PartitionClock(ProcessorContext<byte[], byte[]> context, Settings settings, Timelines timelines) {
        this.context = context;
        this.timelines = timelines;
        // behind a repartition topic stream time is that of the fastest source, and the clock that of the slowest
        this.streamTimeIsClock = settings.userFrom() == Settings.UserFrom.KEY;
        this.remembered = timelines.clock();
        this.time = Math.max(remembered, restorable());
    }

    /** Epoch ms, or {@link Clock#NONE}. */
    long time() {
        return time;
    }

    /** Whether it was last moved because the partition is idle. */
    boolean followsWall() {
        return followsWall;
    }

    /** Moves it on; {@code to} is later than {@link #time}. */
    void move(long to, boolean byWall) {
        time = to;
        followsWall = byWall;
    }

    /** To be called with each look, and when something in the stores now depends on it. */
    void remember() {
        if (time > remembered && time > restorable()) {
            timelines.rememberClock(time);
            remembered = time;
        }
    }

    private long restorable() {
        return streamTimeIsClock ? context.currentStreamTimeMs() : Clock.NONE;
    }
}
