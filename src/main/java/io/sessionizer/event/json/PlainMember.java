package io.sessionizer.event.json;

/**
 * A member of an object as machines mostly write it: no whitespace, no escape, ASCII, and a value that is a string or a
 * positive number without an exponent. Finds it in one go, without the states that {@link JsonScanner} must keep for all
 * that JSON allows; whatever is different is for that one.
 */
public final class PlainMember {
    /** No such member stands here, which says nothing of the input. */
    public static final long NO_MATCH = -1;

    private static final int NOT_FOUND = -1;

    private final StructuralIndex text;

    /** @param text always of the bytes that are looked at */
    public PlainMember(StructuralIndex text) {
        this.text = text;
    }

    /** Where the member that begins at {@code from} ends, for {@link #keyEnd} and {@link #end}, or {@link #NO_MATCH}. */
    public long match(byte[] json, int from) {
        if (from >= json.length || json[from] != '"') {
            return NO_MATCH;
        }
        int quote = text.next(from + 1);
        if (quote >= json.length - 2 || json[quote] != '"' || json[quote + 1] != ':') {
            return NO_MATCH;
        }
        int end = json[quote + 2] == '"' ? string(json, quote + 2) : number(json, quote + 2);
        return end == NOT_FOUND ? NO_MATCH : (long) (quote + 1) << Integer.SIZE | end;
    }

    /** The index behind the closing quote of the key; the value stands behind one more byte. */
    public static int keyEnd(long found) {
        return (int) (found >>> Integer.SIZE);
    }

    /** The index behind the value. */
    public static int end(long found) {
        return (int) found;
    }

    private int string(byte[] json, int from) {
        int quote = text.next(from + 1);
        return quote < json.length && json[quote] == '"' ? quote + 1 : NOT_FOUND;
    }

    private static int number(byte[] json, int from) {
        if (json[from] < '1' || json[from] > '9') {
            return NOT_FOUND;
        }
        int end = Digits.end(json, from + 1);
        if (end < json.length && json[end] == '.') {
            int fraction = end + 1;
            end = Digits.end(json, fraction);
            if (end == fraction) {
                return NOT_FOUND;
            }
        }
        return end < json.length && (json[end] | 0x20) == 'e' ? NOT_FOUND : end;
    }
}
