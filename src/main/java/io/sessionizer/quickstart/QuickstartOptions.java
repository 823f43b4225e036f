package io.sessionizer.quickstart;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.FormatPreset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The command-line options of the quickstart.
 *
 * @param port for the embedded broker, 0 for any free one
 * @param httpPort for the Session Board, 0 for any free one
 * @param events the user's own events and their format; empty for the sample traffic
 * @param bootstrapServers an existing broker; empty for the embedded one
 * @param help whether to print only the help
 */
public record QuickstartOptions(
        int port, int httpPort, Optional<OwnEvents> events, Optional<String> bootstrapServers, boolean help) {
    static final String HELP = """
            Runs Sessionizer on a Kafka broker inside this process, with a month of sample traffic.

              --events FILE            your own events instead of the sample: JSON, one event per line
              --format NAME            their format, as in event.format (clevertap)
              --port PORT              the broker's port (9092; 0 for any free one)
              --http-port PORT         the Session Board's port (8080; 0 for any free one)
              --bootstrap-servers X    an existing broker, instead of the embedded one
              --help                   this text

            Ctrl-C stops it and deletes its data. On an existing broker, nothing is deleted.""";

    private static final List<String> NAMES =
            List.of("--events", "--format", "--port", "--http-port", "--bootstrap-servers");

    /**
     * The user's own events.
     *
     * @param file the file, with one event per line
     * @param format the format in which events are read and Session Concluded is written
     */
    record OwnEvents(Path file, FormatPreset format) {}

    /** @throws IllegalArgumentException with one line for the user */
    static QuickstartOptions parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        boolean help = false;
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--help")) {
                help = true;
                continue;
            }
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "option: must be one of " + String.join(", ", NAMES) + ", --help. Found: " + name);
            }
            if (++i == arguments.size() || arguments.get(i).isBlank()) {
                throw new IllegalArgumentException(name + ": must have a value. Found: none");
            }
            values.put(name, arguments.get(i));
        }
        return new QuickstartOptions(
                port("--port", values.getOrDefault("--port", "9092")),
                port("--http-port", values.getOrDefault("--http-port", "8080")),
                events(values),
                Optional.ofNullable(values.get("--bootstrap-servers")),
                help);
    }

    private static Optional<OwnEvents> events(Map<String, String> values) {
        String name = values.getOrDefault("--format", FormatPreset.CLEVERTAP.value());
        FormatPreset format = FormatPreset.find(name)
                .filter(preset -> preset.format().isInValue(EventField.NAME))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--format: must be a format whose events are in values: " + formats() + ". Found: " + name));
        if (values.containsKey("--format") && !values.containsKey("--events")) {
            throw new IllegalArgumentException("--format: must be used with --events FILE. Found: --format alone");
        }
        return Optional.ofNullable(values.get("--events")).map(file -> new OwnEvents(Path.of(file), format));
    }

    private static String formats() {
        return Arrays.stream(FormatPreset.values())
                .filter(preset -> preset.format().isInValue(EventField.NAME))
                .map(FormatPreset::value)
                .collect(Collectors.joining(", "));
    }

    private static int port(String name, String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException(name + ": must be 0 to 65535. Found: " + value);
        }
        return Integer.parseInt(value);
    }
}
