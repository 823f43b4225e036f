package io.sessionizer.event;

import io.sessionizer.event.LocationTree.ObjectNode;
import io.sessionizer.event.json.JsonScanner;
import io.sessionizer.event.json.NameTable;
import io.sessionizer.event.json.PlainMember;
import io.sessionizer.event.json.StructuralIndex;

/**
 * Makes a single pass over an event's bytes: checks the grammar and records the positions of the members in the tree.
 * Only the objects that contain such members are examined; the grammar of all other values is checked, and they are
 * skipped. {@link EventFields} interprets the members.
 */
final class EventDocument {
    private final StructuralIndex text = new StructuralIndex();
    private final JsonScanner scanner = new JsonScanner(text);
    private final PlainMember plain = new PlainMember(text);
    private final ObjectNode root;
    private final FieldPositions fields;
    private byte[] in = {};

    /** @param fields where the positions are recorded; must have room for all of the tree's members */
    EventDocument(LocationTree tree, FieldPositions fields) {
        root = tree.root();
        this.fields = fields;
    }

    /**
     * Whether these bytes are one JSON object; if not, {@link #scanner()} has the error.
     *
     * @param from the index at which the JSON begins; the bytes before it are not JSON
     */
    boolean scan(byte[] json, int from) {
        in = json;
        fields.clear(json);
        text.index(json);
        scanner.start(json, from);
        if (!scanner.isAtObject()) {
            return scanner.fail("an object, with no byte order mark before it,");
        }
        int start = scanner.at();
        if (!members(root)) {
            return false;
        }
        fields.record(root.number(), start, scanner.at(), false);
        scanner.skipWhitespace();
        return scanner.isAtEnd() || scanner.fail("nothing behind the object");
    }

    JsonScanner scanner() {
        return scanner;
    }

    // Recurses into the objects of the tree only, and no deeper than the scanner allows.
    private boolean members(ObjectNode object) {
        fields.begin(object.number());
        if (!scanner.open()) {
            return false;
        }
        if (scanner.isAtClose()) {
            return scanner.close();
        }
        do {
            if (!scanPlain(object) && !member(object)) {
                return false;
            }
            fields.end(object.number(), scanner.at());
        } while (scanner.comma());
        return scanner.close();
    }

    /** Passes plain members, one after the other; whether the cursor is after one rather than before another sort. */
    private boolean scanPlain(ObjectNode object) {
        byte[] json = in;
        int at = scanner.at();
        while (true) {
            long found = plain.match(json, at);
            if (found == PlainMember.NO_MATCH) {
                scanner.skipTo(at);
                return false;
            }
            int end = PlainMember.end(found);
            int keyEnd = PlainMember.keyEnd(found);
            int name = object.names().find(json, at + 1, keyEnd - 1, false);
            if (name != NameTable.NONE) {
                record(object, name, keyEnd + 1, end, false);
            }
            if (end >= json.length - 1 || json[end] != ',' || json[end + 1] != '"') {
                scanner.skipTo(end);
                return true;
            }
            at = end + 1;
        }
    }

    private boolean member(ObjectNode object) {
        int keyFrom = scanner.at();
        if (!scanner.key()) {
            return false;
        }
        int name = object.names().find(in, keyFrom + 1, scanner.keyEnd() - 1, scanner.escaped());
        if (name == NameTable.NONE) {
            return scanner.value();
        }
        int valueFrom = scanner.at();
        ObjectNode child = object.children()[name];
        if (child != ObjectNode.LEAF && scanner.isAtObject()) {
            // this object replaces an earlier one of the same name, with all of its members
            fields.clear(child);
            if (!members(child)) {
                return false;
            }
            fields.record(object.first() + name, valueFrom, scanner.at(), false);
            return true;
        }
        if (!scanner.value()) {
            return false;
        }
        record(object, name, valueFrom, scanner.at(), scanner.escaped());
        return true;
    }

    /** Records a value without members in the tree. */
    private void record(ObjectNode object, int name, int from, int end, boolean escaped) {
        ObjectNode child = object.children()[name];
        if (child != ObjectNode.LEAF) {
            fields.clear(child);
        }
        fields.record(object.first() + name, from, end, escaped);
    }
}
