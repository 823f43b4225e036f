package io.sessionizer.event.json;

import java.util.Arrays;
import java.util.Optional;

/**
 * Unescapes JSON strings. This is the slow path and allocates; a string without a backslash needs no unescaping.
 */
public final class JsonString {
    /** Length of an escape of a backslash, {@code u} and four digits. */
    static final int UNICODE_ESCAPE = 6;

    private JsonString() {}

    /**
     * The text in UTF-8.
     *
     * @param from after the opening quote of a string that the scanner has passed
     * @param to at the closing quote
     * @return empty when it contains half a surrogate pair: JSON's grammar allows that, UTF-8 cannot represent it
     */
    public static Optional<byte[]> unescape(byte[] in, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            if (in[at] != '\\') {
                out[length++] = in[at++];
            } else if (in[at + 1] != 'u') {
                out[length++] = simple(in[at + 1]);
                at += 2;
            } else {
                int codePoint = codePoint(in, at, to);
                if (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)) {
                    return Optional.empty();
                }
                length = encode(codePoint, out, length);
                at += Character.charCount(codePoint) * UNICODE_ESCAPE;
            }
        }
        return Optional.of(Arrays.copyOf(out, length));
    }

    /** The UTF-16 unit of the escape at {@code at}, or -1 if its four digits are not hexadecimal. */
    static int unit(byte[] in, int at) {
        int unit = 0;
        for (int i = at + 2; i < at + UNICODE_ESCAPE; i++) {
            unit = unit << 4 | digit(in[i]);
        }
        return unit;
    }

    // -1 has all bits set, so one invalid digit makes the whole unit negative.
    private static int digit(int b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = b | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static int codePoint(byte[] in, int at, int to) {
        char first = (char) unit(in, at);
        int next = at + UNICODE_ESCAPE;
        if (Character.isHighSurrogate(first)
                && to - next >= UNICODE_ESCAPE
                && in[next] == '\\'
                && in[next + 1] == 'u'
                && Character.isLowSurrogate((char) unit(in, next))) {
            return Character.toCodePoint(first, (char) unit(in, next));
        }
        return first;
    }

    private static byte simple(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    private static int encode(int codePoint, byte[] out, int at) {
        int next = at;
        if (codePoint < 0x80) {
            out[next++] = (byte) codePoint;
            return next;
        }
        if (codePoint < 0x800) {
            out[next++] = (byte) (0xC0 | codePoint >> 6);
        } else if (codePoint < 0x10000) {
            out[next++] = (byte) (0xE0 | codePoint >> 12);
            out[next++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        } else {
            out[next++] = (byte) (0xF0 | codePoint >> 18);
            out[next++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            out[next++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        }
        out[next++] = (byte) (0x80 | codePoint & 0x3F);
        return next;
    }
}
