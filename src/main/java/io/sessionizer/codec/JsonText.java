package io.sessionizer.codec;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** Text as it stands in JSON that this program writes. */
final class JsonText {
    // A control character of one byte becomes an escape of six.
    private static final int LONGEST_ESCAPE = 6;

    private JsonText() {}

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** @param text valid UTF-8 */
    static String quoted(byte[] text) {
        return quoted(new String(text, StandardCharsets.UTF_8));
    }

    /** No text of so many bytes takes more than this between its quotes, in bytes. */
    static long maxLength(int bytes) {
        return (long) LONGEST_ESCAPE * bytes;
    }
}
