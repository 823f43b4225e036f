package io.sessionizer.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The switch of session tracking as it stands in the settings topic (contract section 1). For any number of threads. */
public final class TrackingSwitchCodec {
    private static final byte[] KEY = "session-tracking".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    private TrackingSwitchCodec() {}

    /** The key of its record; a new array. */
    public static byte[] key() {
        return KEY.clone();
    }

    /** Whether a record with this key, which may be null, is about the switch. */
    public static boolean isKey(byte[] key) {
        return Arrays.equals(KEY, key);
    }

    /** The value of its record. */
    public static byte[] write(boolean active) {
        return ("{\"active\":" + active + "}").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Whether tracking is active by this value: an object whose property {@code active} is true or false, whatever else it
     * has; the last one counts. Total.
     *
     * @param value null where the record was deleted, which makes tracking active as at first
     * @return empty if the value says nothing
     */
    public static Optional<Boolean> read(byte[] value) {
        if (value == null) {
            return Optional.of(true);
        }
        try (JsonParser parser = JSON.createParser(value)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> object(JsonParser parser) throws IOException {
        Optional<Boolean> active = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isSwitch = parser.currentName().equals("active");
            JsonToken token = parser.nextToken();
            if (isSwitch) {
                active = token.isBoolean() ? Optional.of(token == JsonToken.VALUE_TRUE) : Optional.empty();
            }
            parser.skipChildren();
        }
        // behind the object there must be nothing
        return parser.nextToken() == null ? active : Optional.empty();
    }
}
