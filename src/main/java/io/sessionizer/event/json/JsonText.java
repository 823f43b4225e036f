package io.sessionizer.event.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** Text in JSON that this program writes. */
public final class JsonText {
    // A control character of one byte becomes an escape of six bytes.
    private static final int MAX_ESCAPE_LENGTH = 6;

    private JsonText() {}

    public static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    public static byte[] ascii(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    /** Upper bound of a text's length between its quotes, in bytes. */
    public static long maxLength(int bytes) {
        return (long) MAX_ESCAPE_LENGTH * bytes;
    }
}
