package io.sessionizer.kafka.input;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.Slot;
import io.sessionizer.kafka.task.EventPublisher;

/**
 * A parsed record of the input topic. The deserializer creates it from the value alone; {@link InputTimestampExtractor}, which has the
 * whole record, completes it before it reaches the processor. Both run on the task's thread.
 */
public final class InputRecord {
    /** The kinds of input records. */
    public enum InputKind {
        EVENT,
        UNCOUNTED,
        ERASURE,
        REJECTED
    }

    private static final byte[] NO_USER = {};

    public final byte[] value;
    public final Slot place;
    public final int from;
    public final int to;
    public InputKind kind;
    public byte[] user = NO_USER;
    /** Event time in epoch ms; negative if unknown. */
    public long time = -1;
    /** The record's own timestamp in epoch ms; negative if it has none. */
    public long recordTime;
    /** Of an uncounted event: true if excluded by its name, false if untracked because of its source or type. */
    public boolean isExcluded;

    public RejectionReason reason;
    public String detail;

    InputRecord(InputKind kind, byte[] value, Slot place, int from, int to) {
        this.kind = kind;
        this.value = value;
        this.place = place;
        this.from = from;
        this.to = to;
    }

    public static InputRecord of(InputKind kind, byte[] value) {
        return new InputRecord(kind, value, Slot.NO_DATA, 0, 0);
    }

    public EventPublisher.Stampable stampable() {
        return new EventPublisher.Stampable(value, place, from, to, time);
    }

    public boolean hasUser() {
        return user.length > 0;
    }

    public void reject(RejectionReason rejectionReason, String rejectionDetail) {
        kind = InputKind.REJECTED;
        reason = rejectionReason;
        detail = rejectionDetail;
    }
}
