package io.sessionizer.kafka;

import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.Slot;

/**
 * One record of the input topic, as far as it is understood. The deserializer makes it from the value alone; {@link
 * Intake}, which sees the whole record, decides what it is before the processor gets it. Both run on the task's thread.
 */
final class Incoming {
    /** What a record is to the service. */
    enum Kind {
        EVENT,
        UNCOUNTED,
        ERASURE,
        REJECTED
    }

    private static final byte[] NO_USER = {};

    final byte[] value;
    final Slot slot;
    final int from;
    final int to;
    Kind kind;
    byte[] user = NO_USER;
    /** Event time in epoch ms; negative where it is not known. */
    long time = -1;
    /** The record's own timestamp in epoch ms; negative if it has none. */
    long recordTime;
    /** Of an uncounted event: whether for its name; otherwise for its source or type. */
    boolean isExcluded;

    RejectionReason reason;
    String detail;

    Incoming(Kind kind, byte[] value, Slot slot, int from, int to) {
        this.kind = kind;
        this.value = value;
        this.slot = slot;
        this.from = from;
        this.to = to;
    }

    static Incoming of(Kind kind, byte[] value) {
        return new Incoming(kind, value, Slot.NO_DATA, 0, 0);
    }

    Enricher.Stampable stampable() {
        return new Enricher.Stampable(value, slot, from, to, time);
    }

    boolean hasUser() {
        return user.length > 0;
    }

    void reject(RejectionReason why, String explanation) {
        kind = Kind.REJECTED;
        reason = why;
        detail = explanation;
    }
}
