package io.sessionizer.kafka.state;

import io.sessionizer.session.ClockRules;

/** One partition's clock. {@link PartitionCheckpoint} stores it. */
public final class PartitionClock {
    private long timeMs;
    private ClockSource source = ClockSource.EVENT_TIME;

    /** @param timeMs where it was when it was stored, epoch ms, or {@link ClockRules#NONE} */
    public PartitionClock(long timeMs) {
        this.timeMs = timeMs;
    }

    /** Epoch ms, or {@link ClockRules#NONE}. */
    public long timeMs() {
        return timeMs;
    }

    /** What advanced the clock last. */
    public ClockSource source() {
        return source;
    }

    /** Sets the clock back, since it was far ahead of the wall clock. */
    public void setBack(long toMs) {
        this.timeMs = toMs;
    }

    /** Advances the clock; {@code toMs} must be later than {@link #timeMs}. */
    public void advance(long toMs, ClockSource source) {
        this.timeMs = toMs;
        this.source = source;
    }
}
