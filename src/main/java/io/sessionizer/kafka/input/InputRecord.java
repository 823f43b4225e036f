package io.sessionizer.kafka.input;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.UserKey;

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

    public final byte[] value;
    /** Null unless the event counts. */
    private final StampableEvent stampable;

    public InputKind kind;
    public byte[] user = UserKey.NONE;
    /** Event time in epoch ms; negative if unknown. */
    public long time = -1;
    /** The record's own timestamp in epoch ms; negative if it has none. */
    public long recordTime;
    /** Of an uncounted event: true if excluded by its name, false if untracked because of its source or type. */
    public boolean isExcluded;

    public RejectionReason reason;
    public String detail;

    private InputRecord(InputKind kind, byte[] value, StampableEvent stampable) {
        this.kind = kind;
        this.value = value;
        this.stampable = stampable;
    }

    static InputRecord of(StampableEvent event) {
        return new InputRecord(InputKind.EVENT, event.value(), event);
    }

    public static InputRecord of(InputKind kind, byte[] value) {
        return new InputRecord(kind, value, null);
    }

    /** The event and the place of its stamp, if it counts. */
    public StampableEvent stampable() {
        return stampable;
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
