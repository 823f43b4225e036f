package io.sessionizer.event.json;

/**
 * The fast path for an object member as most programs write it: no whitespace, no escapes, ASCII, and a value that is a
 * string or a positive number without an exponent. It needs none of the state that {@link JsonScanner} keeps for full
 * JSON; any other member is left to that class.
 */
public final class PlainMember {
    /** There is no such member here; the input may still be well-formed. */
    public static final long NO_MATCH = -1;

    private static final int NOT_FOUND = -1;

    private final StructuralIndex text;

    /** @param text must index the bytes that are scanned */
    public PlainMember(StructuralIndex text) {
        this.text = text;
    }

    /**
     * Matches the member at {@code from}. Returns its ends, for {@link #keyEnd} and {@link #end}, or
     * {@link #NO_MATCH}.
     */
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

    /** The index after the closing quote of the key; the value begins one byte later. */
    public static int keyEnd(long found) {
        return (int) (found >>> Integer.SIZE);
    }

    /** The index after the value. */
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
