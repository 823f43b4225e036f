package io.sessionizer.event.json;

/**
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF, nothing truncated. Validates
 * bytes, and never decodes them.
 */
public final class Utf8 {
    static final int INVALID = -1;

    private Utf8() {}

    /** Whether these bytes are valid and not empty, as a user in a record's key must be (specification, section 1). */
    public static boolean isText(byte[] bytes) {
        int at = 0;
        while (at >= 0 && at < bytes.length) {
            at = bytes[at] >= 0 ? at + 1 : after(bytes, at);
        }
        return at > 0;
    }

    /** The index after the character of two to four bytes that begins at {@code at}, or {@link #INVALID}. */
    static int after(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return INVALID;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (bytes.length - at < length || !fits(lead, bytes[at + 1] & 0xFF)) {
            return INVALID;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return INVALID;
            }
        }
        return at + length;
    }

    // The range of the second byte excludes overlong forms, surrogates and code points that are too large (RFC 3629,
    // section 4).
    private static boolean fits(int lead, int second) {
        int min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= min && second <= max;
    }
}
