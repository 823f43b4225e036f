package io.sessionizer.event;

import io.sessionizer.event.LocationTree.ObjectNode;
import io.sessionizer.event.json.JsonString;
import io.sessionizer.event.json.NameTable;
import io.sessionizer.event.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The positions of the values of an event's fields, by the fields' numbers in the {@link LocationTree}. If a field is
 * recorded twice, the last value counts (specification, section 1), with all of its members.
 */
final class FieldPositions {
    private static final byte ABSENT = 0;
    private static final byte NOT_TEXT = 1;
    private static final int EMPTY = -1;

    /** The first byte of each value, or {@link #ABSENT} if the event does not have the field. */
    private final byte[] kinds;

    private final int[] from;
    private final int[] to;
    private final boolean[] escaped;
    /** The index after the value of the last member, for each object that contains fields. */
    private final int[] ends;

    private final int firstBeside;
    private final byte[][] beside;
    private byte[] in = {};

    /**
     * @param inValue the number of fields in the value
     * @param besideIt the number of fields outside the value, whose numbers follow
     */
    FieldPositions(int inValue, int besideIt) {
        int fields = inValue + besideIt;
        firstBeside = inValue;
        beside = new byte[besideIt][];
        kinds = new byte[fields];
        from = new int[fields];
        to = new int[fields];
        escaped = new boolean[fields];
        ends = new int[fields];
    }

    /** Clears all fields; those recorded from now on are in {@code json}. */
    void clear(byte[] json) {
        in = json;
        Arrays.fill(kinds, ABSENT);
    }

    /** Clears the fields in an object, at any level. */
    void clear(ObjectNode object) {
        Arrays.fill(kinds, object.first(), object.end(), ABSENT);
    }

    /** Records a value that was just passed. */
    void record(int field, int valueFrom, int valueEnd, boolean isEscaped) {
        kinds[field] = in[valueFrom];
        from[field] = valueFrom;
        to[field] = valueEnd;
        escaped[field] = isEscaped;
    }

    /** Records a field outside the value; it is a string if it is text in UTF-8. */
    void recordBeside(int field, byte[] text) {
        beside[field - firstBeside] = text;
        kinds[field] = text.length == 0 || Utf8.isText(text) ? (byte) '"' : NOT_TEXT;
        // as if it were in quotes
        from[field] = -1;
        to[field] = text.length + 1;
        escaped[field] = false;
    }

    /** Begins an object, which has no member so far. */
    void begin(int object) {
        ends[object] = EMPTY;
    }

    /** Records where the value of the object's last member so far ends. */
    void end(int object, int valueEnd) {
        ends[object] = valueEnd;
    }

    byte[] bytes() {
        return in;
    }

    /** The bytes that a field's positions refer to. */
    byte[] bytes(int field) {
        return field < firstBeside ? in : beside[field - firstBeside];
    }

    /** The value of a present field and its position, for a message. */
    String excerpt(int field) {
        if (field < firstBeside) {
            return RejectionDetail.excerpt(in, from[field], to[field]);
        }
        return kinds[field] == NOT_TEXT
                ? "bytes that are not UTF-8"
                : RejectionDetail.quoted(beside[field - firstBeside]);
    }

    /** Whether the object has no members. */
    boolean isEmpty(int object) {
        return ends[object] == EMPTY;
    }

    /** The index after the value of the object's last member; the object is not empty. */
    int end(int object) {
        return ends[object];
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    boolean isPresent(int field) {
        return kinds[field] != ABSENT;
    }

    boolean isNull(int field) {
        return kinds[field] == 'n';
    }

    boolean isAbsentOrNull(int field) {
        return kinds[field] == ABSENT || kinds[field] == 'n';
    }

    boolean isObject(int field) {
        return kinds[field] == '{';
    }

    boolean isString(int field) {
        return kinds[field] == '"';
    }

    boolean isEmptyString(int field) {
        return kinds[field] == '"' && to[field] - from[field] == 2;
    }

    boolean isNumber(int field) {
        return kinds[field] == '-' || kinds[field] >= '0' && kinds[field] <= '9';
    }

    /** Whether the field is a string that equals one of these. */
    boolean isOneOf(NameTable texts, int field) {
        return kinds[field] == '"'
                && texts.find(bytes(field), from[field] + 1, to[field] - 1, escaped[field]) != NameTable.NONE;
    }

    /** The text of a string field or the literal of a number in UTF-8; empty when UTF-8 cannot represent it. */
    byte[] text(int field) {
        if (!isString(field)) {
            return Arrays.copyOfRange(in, from[field], to[field]);
        }
        if (escaped[field]) {
            return JsonString.unescape(in, from[field] + 1, to[field] - 1).orElse(UserKey.NONE);
        }
        return Arrays.copyOfRange(bytes(field), from[field] + 1, to[field] - 1);
    }

    /** The value, for a message: a string's text, which may be truncated, or a description. */
    String shown(int field) {
        if (kinds[field] == NOT_TEXT) {
            return "bytes that are not UTF-8";
        }
        if (!isString(field)) {
            return RejectionDetail.kindOrText(in, from[field], to[field]);
        }
        if (escaped[field]) {
            byte[] text = text(field);
            return text.length == 0 ? "text that is not Unicode" : new String(text, StandardCharsets.UTF_8);
        }
        int length = Math.min(to[field] - from[field] - 2, UncountedReason.MAX_BYTES);
        return new String(bytes(field), from[field] + 1, length, StandardCharsets.UTF_8);
    }

    /** Whether the field is a string with escapes. */
    boolean isEscaped(int field) {
        return kinds[field] == '"' && escaped[field];
    }
}
