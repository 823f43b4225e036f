package io.sessionizer.event;

import io.sessionizer.event.json.JsonScanner;
import io.sessionizer.event.json.NameTable;
import io.sessionizer.event.json.PlainMember;
import io.sessionizer.event.json.StructuralIndex;

/**
 * The single pass over an event's bytes: checks the grammar and records the positions of the configured fields, in the
 * event itself and in its data. Only these two objects are examined; any other value is checked and skipped.
 * {@link EventReader} interprets the fields.
 */
final class EventDocument {
    private final StructuralIndex text = new StructuralIndex();
    private final JsonScanner scanner = new JsonScanner(text);
    private final PlainMember plain = new PlainMember(text);
    private final FieldPositions event;
    private final FieldPositions data;
    private final int dataField;
    private byte[] in = {};

    /** @param dataField the field of {@code eventNames} whose object has the fields {@code dataNames} */
    EventDocument(NameTable eventNames, String dataField, NameTable dataNames) {
        event = new FieldPositions(eventNames);
        data = new FieldPositions(dataNames);
        this.dataField = eventNames.numberOf(dataField);
    }

    /** Whether these bytes are one JSON object; if not, {@link #scanner()} has the error. */
    boolean scan(byte[] json) {
        in = json;
        event.clear(json);
        data.clear(json);
        text.index(json);
        scanner.start(json);
        if (!scanner.isAtObject()) {
            return scanner.fail("an object, with no byte order mark before it,");
        }
        if (!members(event)) {
            return false;
        }
        scanner.skipWhitespace();
        return scanner.isAtEnd() || scanner.fail("nothing behind the object");
    }

    JsonScanner scanner() {
        return scanner;
    }

    FieldPositions event() {
        return event;
    }

    /** The fields of the event's data; empty if the data is not an object. */
    FieldPositions data() {
        return data;
    }

    byte[] bytes() {
        return in;
    }

    // Recurses at most once: data has no nested data.
    private boolean members(FieldPositions fields) {
        if (!scanner.open()) {
            return false;
        }
        if (scanner.isAtClose()) {
            return scanner.close();
        }
        do {
            if (!scanPlain(fields) && !member(fields)) {
                return false;
            }
        } while (scanner.comma());
        return scanner.close();
    }

    /** Passes plain members, one after the other; whether the cursor is after one rather than before another sort. */
    private boolean scanPlain(FieldPositions fields) {
        byte[] json = in;
        int at = scanner.at();
        while (true) {
            long found = plain.match(json, at);
            if (found == PlainMember.NO_MATCH) {
                scanner.skipTo(at);
                return false;
            }
            int end = PlainMember.end(found);
            recordPlain(fields, at, PlainMember.keyEnd(found), end);
            if (end >= json.length - 1 || json[end] != ',' || json[end + 1] != '"') {
                scanner.skipTo(end);
                return true;
            }
            at = end + 1;
        }
    }

    private void recordPlain(FieldPositions fields, int keyFrom, int keyEnd, int end) {
        int field = fields.fieldAt(keyFrom, keyEnd, false);
        if (isData(fields, field)) {
            data.clear(in);
        }
        fields.record(field, keyEnd + 1, end, false);
    }

    private boolean member(FieldPositions fields) {
        int keyFrom = scanner.at();
        if (!scanner.key()) {
            return false;
        }
        int field = fields.fieldAt(keyFrom, scanner.keyEnd(), scanner.escaped());
        int valueFrom = scanner.at();
        if (!(isData(fields, field) ? dataValue() : scanner.value())) {
            return false;
        }
        fields.record(field, valueFrom, scanner.at(), scanner.escaped());
        return true;
    }

    private boolean isData(FieldPositions fields, int field) {
        return fields == event && field == dataField;
    }

    private boolean dataValue() {
        // This data replaces an earlier one of the same event, whatever its kind (specification, section 1).
        data.clear(in);
        return scanner.isAtObject() ? members(data) : scanner.value();
    }
}
