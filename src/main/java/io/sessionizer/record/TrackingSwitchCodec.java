package io.sessionizer.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Serializes the tracking switch in the settings topic (specification, section 1). Thread-safe. */
public final class TrackingSwitchCodec {
    private static final byte[] KEY = "session-tracking".getBytes(StandardCharsets.US_ASCII);
    private static final JsonFactory JSON = new JsonFactory();

    private TrackingSwitchCodec() {}

    /** The key of its record; a new array. */
    public static byte[] key() {
        return KEY.clone();
    }

    /** Whether a record with this key, which may be null, is the switch. */
    public static boolean isKey(byte[] key) {
        return Arrays.equals(KEY, key);
    }

    /** The value of its record. */
    public static byte[] write(boolean active) {
        return ("{\"active\":" + active + "}").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Whether this value makes tracking active: an object whose property {@code active} is true or false, among any
     * others; the last one wins. Never throws.
     *
     * @param value null for a tombstone, which makes tracking active, the initial state
     * @return empty if the value is invalid
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
        // nothing may follow the object
        return parser.nextToken() == null ? active : Optional.empty();
    }
}
