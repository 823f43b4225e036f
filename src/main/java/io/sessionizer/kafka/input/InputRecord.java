package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.Rejection;
import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.UncountedReason;
import io.sessionizer.event.UserKey;
import io.sessionizer.session.ClockRules;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record of the input topic. The deserializer makes it from the value alone; {@link InputTimestampExtractor}, which
 * gets the whole record, reads and resolves it once, and from then on it does not change. Both run on the task's thread.
 */
public final class InputRecord {
    /** The kinds of input records. */
    public enum InputKind {
        EVENT,
        UNCOUNTED,
        ERASURE,
        /** A null value that is ignored. */
        IGNORED,
        REJECTED
    }

    /** The time of an uncounted event whose time cannot be read: it is not rejected for that, but advances no clock. */
    static final long UNREADABLE_TIME = Long.MIN_VALUE;

    private byte[] value;
    /** Null unless the event counts. */
    private StampableEvent stampable;
    /** Null unless the record is rejected. */
    private Rejection rejection;
    /** Null unless the event does not count. */
    private UncountedReason uncountedReason;

    private InputKind kind = InputKind.IGNORED;
    private byte[] user = UserKey.NONE;
    private long timeMs = EventReader.NO_TIME;
    private long recordTimeMs;
    private long offset;
    private long advanceMs = ClockRules.NONE;
    private boolean isResolved;

    private InputRecord(byte[] value) {
        this.value = value;
    }

    /** @param value the record's value; null if it has none */
    static InputRecord unread(byte[] value) {
        return new InputRecord(value);
    }

    /** A rejected record of any kind. */
    public static InputRecord rejected(byte[] value, Rejection rejection) {
        InputRecord input = new InputRecord(value);
        input.readAsRejected(rejection);
        return input;
    }

    /** @param payloadUser {@link UserKey#NONE} unless the user is in the payload */
    void readAsEvent(StampableEvent event, byte[] payloadUser, long eventTimeMs) {
        kind = InputKind.EVENT;
        value = event.value();
        stampable = event;
        user = payloadUser;
        timeMs = eventTimeMs;
    }

    /** @param event the value, or {@link StampableEvent#NO_VALUE} */
    void readAsUncounted(byte[] event, byte[] payloadUser, long eventTimeMs, UncountedReason reason) {
        kind = InputKind.UNCOUNTED;
        value = event;
        user = payloadUser;
        timeMs = eventTimeMs;
        uncountedReason = reason;
    }

    void readAsErasure() {
        kind = InputKind.ERASURE;
    }

    void readAsIgnored() {
        kind = InputKind.IGNORED;
    }

    void readAsRejected(Rejection why, long eventTimeMs) {
        readAsRejected(why);
        timeMs = eventTimeMs;
    }

    private void readAsRejected(Rejection why) {
        kind = InputKind.REJECTED;
        rejection = why;
    }

    /**
     * Adds what depends on the whole record.
     *
     * @param userKey the user, or {@link UserKey#NONE}
     * @param eventTimeMs the event's time, epoch ms, negative if unknown
     * @param record the record: its offset and its own timestamp, epoch ms, negative if it has none
     * @param found why the record is rejected, if for a reason other than its value
     */
    void resolve(byte[] userKey, long eventTimeMs, ConsumerRecord<?, ?> record, Optional<Rejection> found) {
        if (isResolved) {
            throw new IllegalStateException("record: must be resolved once. Found: a second time, as " + kind);
        }
        isResolved = true;
        user = userKey;
        timeMs = eventTimeMs;
        recordTimeMs = record.timestamp();
        offset = record.offset();
        if (found.isPresent()) {
            readAsRejected(found.get());
            value = value == StampableEvent.NO_VALUE ? null : value;
        }
    }

    /** The wall clock when the record was read, epoch ms, bounds how far the record advances the clock. */
    void bound(long wallMs) {
        advanceMs = switch (kind) {
            case EVENT, UNCOUNTED -> ClockRules.advancedBy(timeMs, recordTimeMs, wallMs);
            case ERASURE, IGNORED, REJECTED -> ClockRules.NONE;
        };
    }

    public InputKind kind() {
        return kind;
    }

    /** The record's value, {@link StampableEvent#NO_VALUE} for an event without one; null if it is not an event. */
    public byte[] value() {
        return value;
    }

    /** The event and the place of its stamp, if it counts. */
    public StampableEvent stampable() {
        require(InputKind.EVENT);
        return stampable;
    }

    /** Why the record is rejected, if it is. */
    public Rejection rejection() {
        require(InputKind.REJECTED);
        return rejection;
    }

    /** The user of an event that counts or of an erasure; of an uncounted event, the payload's, if there is one. */
    public byte[] user() {
        return user;
    }

    public boolean hasUser() {
        return user.length > 0;
    }

    /** Event time in epoch ms; negative if unknown. */
    public long timeMs() {
        return timeMs;
    }

    /** The record's offset in its partition. */
    public long offset() {
        return offset;
    }

    /** How far the record may advance its partition's clock, epoch ms, or {@link ClockRules#NONE}. */
    public long advanceMs() {
        return advanceMs;
    }

    /** The record's own timestamp in epoch ms; negative if it has none. */
    public long recordTimeMs() {
        return recordTimeMs;
    }

    /** The reason why an uncounted event does not count. */
    public UncountedReason uncountedReason() {
        require(InputKind.UNCOUNTED);
        return uncountedReason;
    }

    private void require(InputKind required) {
        if (kind != required) {
            throw new IllegalStateException("kind: must be " + required + ". Found: " + kind);
        }
    }
}
