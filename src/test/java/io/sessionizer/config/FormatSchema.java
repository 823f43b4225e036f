package io.sessionizer.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.record.ConcludedWriter;
import io.sessionizer.session.Conclusion;
import io.sessionizer.session.Published;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.Session;
import io.sessionizer.session.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The schemas of a format's outputs, derived from the records that the code writes and from the location of the id. */
final class FormatSchema {
    static final String USER = "user-42";
    static final SessionId ID = SampleIds.of(1_468_308_340_123L);

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DEFINITIONS = "../definitions.json#/$defs/";
    private static final String MARK = "Session ID";
    private static final String EVENT_ID = "[0-9a-f]{8}-[0-9a-f]{4}-8.*";
    private static final String RFC_3339 = "\\d{4}-\\d\\d-\\d\\dT.*Z";

    private final FormatPreset preset;
    private final EventFormat format;

    FormatSchema(FormatPreset preset) {
        this.preset = preset;
        this.format = preset.format();
    }

    /** A session of seven events, or the last revision of a session that was merged. */
    static Conclusion conclusion(SessionId id, Optional<SessionId> mergedInto) {
        Session session = new Session(id, 1_468_308_340_123L, 1_468_308_940_999L, 7, 1_468_308_940_999L, 1, false);
        return new Conclusion(session, mergedInto, Published.NONE);
    }

    byte[] written(Conclusion conclusion) {
        return new ConcludedWriter(format).write(USER.getBytes(UTF_8), conclusion);
    }

    /** The schema of Session Concluded. */
    ObjectNode concluded() {
        try {
            return titled("Session Concluded", object(MAPPER.readTree(written(conclusion(ID, Optional.empty())))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of a stamped event; empty if the id is not written into the value. */
    Optional<ObjectNode> enriched() {
        List<String> path = format.sessionPath(format.dataPaths().get(0));
        ObjectNode schema = reference("sessionId");
        for (int i = path.size() - 1; i >= 0; i--) {
            ObjectNode parent = MAPPER.createObjectNode().put("type", "object");
            parent.putArray("required").add(path.get(i));
            parent.putObject("properties").set(path.get(i), schema);
            schema = parent;
        }
        return path.isEmpty() ? Optional.empty() : Optional.of(titled("Enriched event", schema));
    }

    private ObjectNode titled(String title, ObjectNode schema) {
        ObjectNode titled = MAPPER.createObjectNode();
        titled.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        titled.put("title", title + " with event.format=" + preset.value());
        return titled.setAll(schema);
    }

    private static ObjectNode object(JsonNode written) {
        ObjectNode schema = MAPPER.createObjectNode().put("type", "object");
        boolean isData = written.has(MARK);
        if (isData) {
            schema.putArray("allOf").add(reference("concluded"));
        }
        ObjectNode properties = MAPPER.createObjectNode();
        written.properties().stream()
                .takeWhile(member -> !member.getKey().equals("Session Length"))
                .forEach(member -> properties.set(member.getKey(), value(member.getValue())));
        if (!properties.isEmpty()) {
            properties.fieldNames().forEachRemaining(schema.withArray("required")::add);
            schema.set("properties", properties);
        }
        return schema.put(isData ? "unevaluatedProperties" : "additionalProperties", false);
    }

    private static ObjectNode value(JsonNode written) {
        if (written.isObject()) {
            return object(written);
        }
        if (written.isNumber()) {
            return reference("epochTime");
        }
        String text = written.asText();
        if (text.equals(USER)) {
            return reference("user");
        }
        if (text.matches(EVENT_ID)) {
            return reference("eventId");
        }
        return text.matches(RFC_3339)
                ? reference("time")
                : MAPPER.createObjectNode().put("const", text);
    }

    private static ObjectNode reference(String definition) {
        return MAPPER.createObjectNode().put("$ref", DEFINITIONS + definition);
    }
}
