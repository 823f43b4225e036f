package io.sessionizer.event;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.Location;
import io.sessionizer.event.format.Location.HeaderLocation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads an event's bytes once and returns whether it counts, its event time and the position of the stamp, or why it is
 * rejected (specification, section 1). {@link EventDocument} finds the fields, {@link EventFields} interprets them, and
 * {@link Stamper} stamps the event. It never throws, takes linear time, and uses no stack for nesting, whatever the
 * bytes.
 *
 * <p>A cursor: the accessors are valid until the next {@link #read}. Not thread-safe.
 */
public final class EventReader {
    /** The event has no time: the record's timestamp is used. */
    public static final long NO_TIME = -1;

    private final boolean isValueParsed;
    private final int firstBeside;
    private final List<Location> beside;
    private final FieldPositions positions;
    private final EventDocument document;
    private final EventFields fields;

    private Verdict verdict = Verdict.REJECTED;

    /** @param userInPayload whether the user is in the event; otherwise it is in the record's key, which is not read here */
    public EventReader(EventFormat format, boolean userInPayload) {
        FieldNumbers numbers = new FieldNumbers(format, userInPayload);
        isValueParsed = !numbers.tree().isEmpty();
        firstBeside = numbers.tree().size();
        beside = numbers.beside();
        positions = new FieldPositions(firstBeside, beside.size());
        document = new EventDocument(numbers.tree(), positions);
        fields = new EventFields(format, numbers, positions);
    }

    /** Whether the event depends on its record's key or headers. */
    public boolean isBesideRead() {
        return !beside.isEmpty();
    }

    /**
     * Reads an event without using the key and headers of its record.
     *
     * @param value a record's value, not null; it must not change while the accessors are used
     */
    public Verdict read(byte[] value) {
        return read(value, Optional.empty(), HeaderLookup.NONE);
    }

    /**
     * Reads an event.
     *
     * @param value a record's value, not null; it must not change while the accessors are used
     * @param key the record's key, without a schema registry's prefix
     */
    public Verdict read(byte[] value, Optional<byte[]> key, HeaderLookup headers) {
        verdict = scan(value) ? interpret(key, headers) : fields.rejectMalformed();
        return verdict;
    }

    private boolean scan(byte[] value) {
        if (!isValueParsed) {
            positions.clear(value);
            return true;
        }
        return document.scan(value, SchemaPrefix.length(value));
    }

    private Verdict interpret(Optional<byte[]> key, HeaderLookup headers) {
        for (int i = 0; i < beside.size(); i++) {
            int field = firstBeside + i;
            Optional<byte[]> found = beside.get(i) instanceof HeaderLocation header ? headers.last(header.name()) : key;
            found.ifPresent(text -> positions.recordBeside(field, text));
        }
        return fields.interpret();
    }

    /** Event time, epoch ms, 0 to the end of the year 9999, or {@link #NO_TIME}. */
    public long time() {
        return fields.time();
    }

    /**
     * False if the time is present but invalid, which is allowed in an uncounted event; {@link #time} is then
     * {@link #NO_TIME}.
     */
    public boolean hasReadableTime() {
        return fields.hasReadableTime();
    }

    /** The user in UTF-8; empty if it is not in the payload or is invalid, which is allowed in an uncounted event. */
    public byte[] user() {
        return fields.user();
    }

    /**
     * The event's value at the first of a field's locations that is present: the text of a string, or a number as
     * written. Empty if it is neither, if the field is the user and the user is not in the payload, or if the event is
     * malformed.
     */
    public Optional<String> text(EventField field) {
        return verdict == Verdict.REJECTED && reason() == RejectionReason.MALFORMED_JSON
                ? Optional.empty()
                : fields.text(field).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    /** Where the stamp goes in an event that counts. */
    public StampableEvent stampable() {
        require(Verdict.COUNTS);
        return fields.stampable();
    }

    /** Why the event is rejected: the first applicable reason among those that can be found in its bytes. */
    public RejectionReason reason() {
        require(Verdict.REJECTED);
        return fields.reason();
    }

    /** The reason why an excluded or untracked event does not count. */
    public UncountedReason uncountedReason() {
        if (verdict != Verdict.EXCLUDED && verdict != Verdict.UNTRACKED) {
            throw new IllegalStateException("verdict: must be of an event that does not count. Found: " + verdict);
        }
        return fields.uncountedReason();
    }

    /** The problem of a rejected event and its byte offset, from 0: a sentence of at most 200 characters. */
    public String detail() {
        return reason() == RejectionReason.MALFORMED_JSON
                ? RejectionDetail.malformed(document.scanner())
                : fields.detail();
    }

    private void require(Verdict required) {
        if (verdict != required) {
            throw new IllegalStateException("verdict: must be " + required + ". Found: " + verdict);
        }
    }
}
