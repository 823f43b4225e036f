package io.sessionizer.codec;

/**
 * A member of an object as machines mostly write it: no whitespace, no escape, ASCII, and a value that is a string or a
 * positive number without an exponent. Finds it in one go, without the states that {@link JsonScanner} must keep for all
 * that JSON allows; whatever is different is for that one.
 */
final class PlainMember {
    private static final int DIFFERENT = -1;

    private int keyEnd;
    private int valueFrom;
    private int end;

    /** Whether such a member begins at {@code from}; if not, that says nothing of the input. */
    boolean isAt(byte[] json, int from) {
        if (from >= json.length || json[from] != '"') {
            return false;
        }
        int quote = PlainText.end(json, from + 1);
        if (quote >= json.length - 2 || json[quote] != '"' || json[quote + 1] != ':') {
            return false;
        }
        keyEnd = quote + 1;
        valueFrom = quote + 2;
        end = json[valueFrom] == '"' ? string(json, valueFrom) : number(json, valueFrom);
        return end != DIFFERENT;
    }

    /** The index behind the closing quote of the key. */
    int keyEnd() {
        return keyEnd;
    }

    int valueFrom() {
        return valueFrom;
    }

    /** The index behind the value. */
    int end() {
        return end;
    }

    private static int string(byte[] json, int from) {
        int quote = PlainText.end(json, from + 1);
        return quote < json.length && json[quote] == '"' ? quote + 1 : DIFFERENT;
    }

    private static int number(byte[] json, int from) {
        if (json[from] < '1' || json[from] > '9') {
            return DIFFERENT;
        }
        int end = PlainText.digitsEnd(json, from + 1);
        if (end < json.length && json[end] == '.') {
            int fraction = end + 1;
            end = PlainText.digitsEnd(json, fraction);
            if (end == fraction) {
                return DIFFERENT;
            }
        }
        return end < json.length && (json[end] | 0x20) == 'e' ? DIFFERENT : end;
    }
}
