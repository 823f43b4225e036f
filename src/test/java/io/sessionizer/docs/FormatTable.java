package io.sessionizer.docs;

import io.sessionizer.event.format.FormatPreset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The defaults of the formats, as a Markdown table. */
final class FormatTable {
    private static final String HEAD = """
            | `event.format` | user | type: counts | name | time | data | source: untracked | session id |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;
    private static final String NONE = "–";

    private FormatTable() {}

    static String markdown() {
        return HEAD + Arrays.stream(FormatPreset.values()).map(FormatTable::row).collect(Collectors.joining());
    }

    private static String row(FormatPreset preset) {
        String[] cells = {
            code(preset.value()),
            code(value(preset, "event.user.fields")),
            with(preset, "event.type.field", "event.types", "all count"),
            code(value(preset, "event.name.field")),
            code(value(preset, "event.time.field")),
            value(preset, "event.data.field").isEmpty() ? "the event itself" : code(value(preset, "event.data.field")),
            with(preset, "event.source.field", "untracked.sources", NONE),
            sessionId(preset)
        };
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** The location and form of the id. */
    static String sessionId(FormatPreset preset) {
        String field = value(preset, "event.session.field");
        String location = field.isEmpty() ? "header " + code(value(preset, "event.session.header")) : code(field);
        return location + ", " + value(preset, "event.session.form");
    }

    private static String with(FormatPreset preset, String locations, String values, String none) {
        String where = value(preset, locations);
        return where.isEmpty()
                ? none
                : code(where) + ": " + value(preset, values).replace(",", ", ");
    }

    private static String code(String names) {
        return "`" + names.replace(",", "`, `") + "`";
    }

    private static String value(FormatPreset preset, String key) {
        return preset.defaultOf(key).orElseThrow();
    }
}
