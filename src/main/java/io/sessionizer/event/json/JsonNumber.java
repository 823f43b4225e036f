package io.sessionizer.event.json;

/** Whether bytes are a number in JSON's grammar (RFC 8259, section 6). */
public final class JsonNumber {
    private JsonNumber() {}

    /** Whether all bytes from {@code from} to {@code to}, exclusive, are one number. */
    public static boolean isAt(byte[] in, int from, int to) {
        int at = from < to && in[from] == '-' ? from + 1 : from;
        int whole = digits(in, at, to);
        if (whole == at || in[at] == '0' && whole > at + 1) {
            return false;
        }
        at = whole;
        if (at < to && in[at] == '.') {
            int fraction = digits(in, at + 1, to);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < to && (in[at] | 0x20) == 'e') {
            at++;
            at = at < to && (in[at] == '+' || in[at] == '-') ? at + 1 : at;
            int exponent = digits(in, at, to);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == to;
    }

    private static int digits(byte[] in, int from, int to) {
        return Math.min(to, Digits.end(in, Math.min(from, to)));
    }
}
