package io.sessionizer.event;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * An event reader that uses Jackson's streaming parser, to be compared with {@link EventReader}; {@link
 * StreamingDocument} finds the fields. It reads neither keys nor headers, and no prefix of a schema registry.
 */
public final class StreamingEventReader {
    private final StreamingDocument document;
    private final EventFields fields;

    private Verdict verdict = Verdict.REJECTED;

    /** @param userInPayload whether the user is in the event; otherwise it is in the record's key, which is not read here */
    public StreamingEventReader(EventFormat format, boolean userInPayload) {
        FieldNumbers numbers = new FieldNumbers(format, userInPayload);
        FieldPositions positions =
                new FieldPositions(numbers.tree().size(), numbers.beside().size());
        document = new StreamingDocument(numbers.tree(), names(format), positions);
        fields = new EventFields(format, numbers, positions);
    }

    private static List<String> names(EventFormat format) {
        List<String> names =
                new ArrayList<>(format.sessionPath(format.dataPaths().get(0)));
        for (EventField field : EventField.values()) {
            for (List<String> data : format.dataPaths()) {
                format.of(field).forEach(location -> location.path(data).ifPresent(names::addAll));
            }
        }
        return names;
    }

    /** @param value a record's value, not null; it must not change while the accessors are used */
    public Verdict read(byte[] value) {
        verdict = document.scan(value) ? fields.interpret() : fields.rejectMalformed();
        return verdict;
    }

    /** Event time, epoch ms, 0 to the end of the year 9999, or {@link EventReader#NO_TIME}. */
    public long time() {
        return fields.time();
    }

    /** False if the time is present but invalid. */
    public boolean hasReadableTime() {
        return fields.hasReadableTime();
    }

    /** The user in UTF-8; empty if it is not in the payload or is invalid. */
    public byte[] user() {
        return fields.user();
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

    /** What is wrong with a rejected event and where, in byte offsets from 0: a sentence of at most 200 characters. */
    public String detail() {
        return reason() == RejectionReason.MALFORMED_JSON ? document.malformed() : fields.detail();
    }

    private void require(Verdict required) {
        if (verdict != required) {
            throw new IllegalStateException("verdict: must be " + required + ". Found: " + verdict);
        }
    }
}
