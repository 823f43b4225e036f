package io.sessionizer.event;

import io.sessionizer.event.json.JsonString;
import io.sessionizer.event.json.NameTable;
import java.util.Arrays;

/**
 * The positions of the values of those fields of an object that have a meaning. If a field is recorded twice, the last one
 * counts (specification, section 1).
 */
final class FieldPositions {
    private static final int ABSENT = -1;

    private final NameTable names;
    private final int[] from;
    private final int[] to;
    private final boolean[] escaped;
    private byte[] in = {};
    private int end = ABSENT;

    FieldPositions(NameTable names) {
        this.names = names;
        from = new int[names.size()];
        to = new int[names.size()];
        escaped = new boolean[names.size()];
        clear(in);
    }

    /** Clears all fields; those recorded from now on are in {@code json}. */
    void clear(byte[] json) {
        in = json;
        end = ABSENT;
        Arrays.fill(from, ABSENT);
    }

    /** The number of the field whose name in quotes is there, or {@link NameTable#NONE} when it has no meaning. */
    int fieldAt(int keyFrom, int keyEnd, boolean isEscaped) {
        return names.find(in, keyFrom + 1, keyEnd - 1, isEscaped);
    }

    /** Records the value that was just passed, of any field. */
    void record(int field, int valueFrom, int valueEnd, boolean isEscaped) {
        end = valueEnd;
        if (field != NameTable.NONE) {
            from[field] = valueFrom;
            to[field] = valueEnd;
            escaped[field] = isEscaped;
        }
    }

    /** Whether the object has no properties. */
    boolean isEmpty() {
        return end == ABSENT;
    }

    /** The index after the value of the object's last property; the object is not empty. */
    int end() {
        return end;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    boolean isPresent(int field) {
        return from[field] != ABSENT;
    }

    boolean isAbsentOrNull(int field) {
        return from[field] == ABSENT || in[from[field]] == 'n';
    }

    boolean isObject(int field) {
        return from[field] != ABSENT && in[from[field]] == '{';
    }

    boolean isString(int field) {
        return from[field] != ABSENT && in[from[field]] == '"';
    }

    boolean isEmptyString(int field) {
        return isString(field) && to[field] - from[field] == 2;
    }

    boolean isNumber(int field) {
        return from[field] != ABSENT && (in[from[field]] == '-' || in[from[field]] >= '0' && in[from[field]] <= '9');
    }

    /** Whether the field is a string that equals one of these. */
    boolean isOneOf(NameTable texts, int field) {
        return isString(field) && texts.find(in, from[field] + 1, to[field] - 1, escaped[field]) != NameTable.NONE;
    }

    /** The text of a string field or the literal of a number in UTF-8; empty when UTF-8 cannot represent it. */
    byte[] text(int field) {
        if (!isString(field)) {
            return Arrays.copyOfRange(in, from[field], to[field]);
        }
        if (escaped[field]) {
            return JsonString.unescape(in, from[field] + 1, to[field] - 1).orElse(new byte[0]);
        }
        return Arrays.copyOfRange(in, from[field] + 1, to[field] - 1);
    }

    /** Whether the field is a string with escapes. */
    boolean isEscaped(int field) {
        return isString(field) && escaped[field];
    }
}
