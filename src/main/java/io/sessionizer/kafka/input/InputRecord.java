package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.Rejection;
import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.UserKey;
import io.sessionizer.session.ClockRules;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One record of the input topic. The deserializer makes it from the value alone; {@link InputTimestampExtractor}, which
 * gets the whole record, resolves it once, and from then on it does not change. Both run on the task's thread.
 */
public final class InputRecord {
    /** The kinds of input records. */
    public enum InputKind {
        EVENT,
        UNCOUNTED,
        ERASURE,
        REJECTED
    }

    /** The time of an uncounted event whose time cannot be read: it is not rejected for that, but advances no clock. */
    static final long UNREADABLE_TIME = Long.MIN_VALUE;

    private final byte[] value;
    /** Null unless the event counts. */
    private final StampableEvent stampable;
    /** Null unless the record is rejected. */
    private Rejection rejection;

    private InputKind kind;
    private byte[] user = UserKey.NONE;
    private long timeMs = EventReader.NO_TIME;
    private long recordTimeMs;
    private long offset;
    private long advanceMs = ClockRules.NONE;
    private boolean isExcluded;
    private boolean isResolved;

    private InputRecord(InputKind kind, byte[] value, StampableEvent stampable) {
        this.kind = kind;
        this.value = value;
        this.stampable = stampable;
    }

    /** @param user of an event, {@link UserKey#NONE} unless it is in the payload */
    static InputRecord event(StampableEvent event, byte[] user, long timeMs) {
        InputRecord input = new InputRecord(InputKind.EVENT, event.value(), event);
        input.user = user;
        input.timeMs = timeMs;
        return input;
    }

    static InputRecord uncounted(byte[] value, byte[] user, long timeMs, boolean isExcluded) {
        InputRecord input = new InputRecord(InputKind.UNCOUNTED, value, null);
        input.user = user;
        input.timeMs = timeMs;
        input.isExcluded = isExcluded;
        return input;
    }

    static InputRecord erasure() {
        return new InputRecord(InputKind.ERASURE, null, null);
    }

    public static InputRecord rejected(byte[] value, Rejection rejection) {
        InputRecord input = new InputRecord(InputKind.REJECTED, value, null);
        input.rejection = rejection;
        return input;
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
            kind = InputKind.REJECTED;
            rejection = found.get();
        }
    }

    /** The wall clock when the record was read, epoch ms, bounds how far the record advances the clock. */
    void bound(long wallMs) {
        advanceMs = switch (kind) {
            case EVENT, UNCOUNTED -> ClockRules.advancedBy(timeMs, recordTimeMs, wallMs);
            case ERASURE, REJECTED -> ClockRules.NONE;
        };
    }

    public InputKind kind() {
        return kind;
    }

    /** The record's value; null for an erasure. */
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

    /** Whether an uncounted event was excluded by its name, not by its source or type. */
    public boolean isExcluded() {
        return isExcluded;
    }

    private void require(InputKind required) {
        if (kind != required) {
            throw new IllegalStateException("kind: must be " + required + ". Found: " + kind);
        }
    }
}
