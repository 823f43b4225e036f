package io.sessionizer.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON in UTF-8: writes objects, and reads the only accepted request body. */
public final class JsonBody {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBody() {}

    /** Writes the fields of an object. */
    public interface ObjectWriter {
        void writeTo(JsonGenerator json) throws IOException;
    }

    public static byte[] object(ObjectWriter writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writer.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON into memory: must not fail", e);
        }
        return out.toByteArray();
    }

    public static void writeLong(JsonGenerator json, String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }

    /** The value of an object with exactly one field, a boolean; empty if {@code body} is anything else. */
    public static Optional<Boolean> onlyBoolean(String name, byte[] body) {
        try (JsonParser in = FACTORY.createParser(body)) {
            boolean isField = in.nextToken() == JsonToken.START_OBJECT && name.equals(in.nextFieldName());
            JsonToken value = isField ? in.nextToken() : JsonToken.NOT_AVAILABLE;
            if (value.isBoolean() && in.nextToken() == JsonToken.END_OBJECT && in.nextToken() == null) {
                return Optional.of(value == JsonToken.VALUE_TRUE);
            }
        } catch (IOException e) {
            // not JSON: like any other body
        }
        return Optional.empty();
    }
}
