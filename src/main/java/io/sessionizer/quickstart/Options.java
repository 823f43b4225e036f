package io.sessionizer.quickstart;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the quickstart is asked to do.
 *
 * @param port for the embedded broker, 0 for any free one
 * @param events the user's own events; empty for the sample traffic
 * @param bootstrapServers a broker that already runs; empty for the embedded one
 * @param help whether only the help is wanted
 */
record Options(int port, Optional<Path> events, Optional<String> bootstrapServers, boolean help) {
    static final String HELP = """
            Runs Sessionizer on a Kafka broker inside this process, with a month of sample traffic.

              --events FILE            your own events instead: JSON, one event a line
              --port PORT              the broker's port (9092; 0 for any free one)
              --bootstrap-servers X    a broker that already runs, instead of one of its own
              --help                   this text

            Ctrl-C ends it and deletes what it wrote. On a broker that already runs, nothing is deleted.""";

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static Options parse(List<String> arguments) {
        Options options = new Options(9092, Optional.empty(), Optional.empty(), false);
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--help")) {
                options = new Options(options.port, options.events, options.bootstrapServers, true);
                continue;
            }
            if (!List.of("--events", "--port", "--bootstrap-servers").contains(name)) {
                throw new IllegalArgumentException(
                        "option: must be one of --events, --port, --bootstrap-servers, " + "--help. Found: " + name);
            }
            if (++i == arguments.size() || arguments.get(i).isBlank()) {
                throw new IllegalArgumentException(name + ": must have a value. Found: none");
            }
            options = options.with(name, arguments.get(i));
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--events" -> new Options(port, Optional.of(Path.of(value)), bootstrapServers, help);
            case "--bootstrap-servers" -> new Options(port, events, Optional.of(value), help);
            default -> new Options(port(value), events, bootstrapServers, help);
        };
    }

    private static int port(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException("--port: must be 0 to 65535. Found: " + value);
        }
        return Integer.parseInt(value);
    }
}
