package io.sessionizer.app.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionizer.dryrun.LineResult;
import io.sessionizer.dryrun.LineResult.Counted;
import io.sessionizer.dryrun.LineResult.DeadLettered;
import io.sessionizer.dryrun.LineResult.LineFields;
import io.sessionizer.dryrun.LineResult.LineVerdict;
import io.sessionizer.dryrun.LineResult.NotCounted;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats each line's result as a JSON object. Absent fields are omitted. */
final class LineJson implements LineReport {
    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public List<String> head() {
        return List.of();
    }

    @Override
    public String row(LineResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("line", result.number());
            json.writeStringField("verdict", LineReport.word(result.verdict()));
            writeReason(json, result.verdict());
            writeFields(json, result.fields());
            if (result.verdict() instanceof Counted counted) {
                json.writeStringField("session", counted.session().toString());
                json.writeBooleanField("opens_session", counted.opensSession());
                json.writeStringField("stamped", new String(counted.stamped(), StandardCharsets.UTF_8));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeReason(JsonGenerator json, LineVerdict verdict) throws IOException {
        if (verdict instanceof DeadLettered letter) {
            json.writeStringField("reason", letter.rejection().reason().name());
            json.writeStringField("detail", letter.rejection().detail());
        } else if (verdict instanceof NotCounted uncounted) {
            json.writeStringField("reason", uncounted.by().name().toLowerCase(Locale.ROOT));
            json.writeStringField("detail", LineReport.why(uncounted.by()));
        }
    }

    private static void writeFields(JsonGenerator json, LineFields fields) throws IOException {
        write(json, "user", fields.user());
        write(json, "type", fields.type());
        write(json, "name", fields.name());
        if (fields.timeMs().isPresent()) {
            json.writeStringField(
                    "time", Instant.ofEpochMilli(fields.timeMs().getAsLong()).toString());
        }
        write(json, "source", fields.source());
    }

    private static void write(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    @Override
    public List<String> foot(String counts) {
        return List.of();
    }
}
