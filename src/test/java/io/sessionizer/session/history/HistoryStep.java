package io.sessionizer.session.history;

import io.sessionizer.session.ClockRules;

/**
 * One thing that happens to a user's timeline.
 *
 * @param kind what happens
 * @param value of an event: its time, epoch ms; of a gap: the new one, ms; otherwise 0
 * @param clock the clock then, epoch ms or {@link ClockRules#NONE}; where it is set back, earlier than before
 */
public record HistoryStep(StepKind kind, long value, long clock) {
    /** What may happen. */
    public enum StepKind {
        /** An event of the user is read. */
        EVENT,
        /** The clock moves, by other users' events or with the wall clock. */
        CLOCK,
        /** What is due concludes, if it has not yet. */
        DUE_WORK,
        /** The user is erased. */
        ERASURE,
        /** The service is stopped and started with another gap. */
        NEW_GAP,
        /** The clock was ahead of the wall clock. */
        SET_BACK
    }

    static HistoryStep of(StepKind kind, long clock) {
        return new HistoryStep(kind, 0, clock);
    }

    public boolean isEvent() {
        return kind == StepKind.EVENT;
    }

    /** Whether it is a record of the input, with an offset. */
    boolean isRecord() {
        return kind == StepKind.EVENT || kind == StepKind.ERASURE;
    }

    /** Event time of an event, epoch ms. */
    public long time() {
        return value;
    }

    @Override
    public String toString() {
        return kind + (value == 0 ? "" : " " + value) + " at clock " + clock;
    }
}
