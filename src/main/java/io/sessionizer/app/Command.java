package io.sessionizer.app;

import io.sessionizer.app.CommandOptions.AllowedOptions;
import io.sessionizer.app.CommandOptions.InvalidOptionException;
import io.sessionizer.app.check.CheckRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parsed command line. */
sealed interface Command {
    String ACCEPT_POSITIONS = "--accept-positions";
    String CONFIG = "--config";
    String CONNECT = "--connect";
    String EVENTS = "--events";
    String JSON = "--json";
    String COMMANDS = "command: must be run, check, --help or --version. Found: ";
    AllowedOptions RUN_OPTIONS = new AllowedOptions(
            Set.of(ACCEPT_POSITIONS), Set.of(CONFIG), "--config FILE or --accept-positions, after run");
    AllowedOptions CHECK_OPTIONS = new AllowedOptions(
            Set.of(CONNECT, JSON),
            Set.of(CONFIG, EVENTS),
            "--config FILE, --connect, --events FILE or --json, after check");

    /**
     * Run the service.
     *
     * @param config the properties file; empty if only the environment and the defaults are used
     * @param acceptsPositions whether reading resumes at the committed positions, whatever the state says
     */
    record Run(Optional<Path> config, boolean acceptsPositions) implements Command {}

    /**
     * Check the settings, brokers or events without running the service.
     *
     * @param config as for {@link Run}
     */
    record Check(Optional<Path> config, CheckRequest request) implements Command {}

    /** Print the usage. */
    record ShowHelp() implements Command {}

    /** Print the version. */
    record ShowVersion() implements Command {}

    /**
     * Invalid arguments.
     *
     * @param line the error
     */
    record UsageError(String line) implements Command {}

    static Command parse(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new UsageError(COMMANDS + "nothing");
        }
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new ShowHelp();
        }
        try {
            return parse(arguments.get(0), arguments.subList(1, arguments.size()));
        } catch (InvalidOptionException e) {
            return new UsageError(e.getMessage());
        }
    }

    private static Command parse(String command, List<String> rest) throws InvalidOptionException {
        return switch (command) {
            case "run" -> run(rest);
            case "check" -> check(rest);
            case "help" -> new ShowHelp();
            case "--version", "-V" -> version(rest);
            default -> new UsageError(COMMANDS + command);
        };
    }

    private static Command run(List<String> arguments) throws InvalidOptionException {
        CommandOptions options = CommandOptions.parse(arguments, RUN_OPTIONS);
        return new Run(options.path(CONFIG), options.has(ACCEPT_POSITIONS));
    }

    private static Command check(List<String> arguments) throws InvalidOptionException {
        CommandOptions options = CommandOptions.parse(arguments, CHECK_OPTIONS);
        boolean hasEvents = options.path(EVENTS).isPresent();
        if (options.has(JSON) && !hasEvents) {
            return new UsageError("--json: must be used with --events FILE. Found: --json alone");
        }
        return new Check(
                options.path(CONFIG), new CheckRequest(options.has(CONNECT), options.file(EVENTS), options.has(JSON)));
    }

    private static Command version(List<String> arguments) throws InvalidOptionException {
        CommandOptions.parse(arguments, new AllowedOptions(Set.of(), Set.of(), RUN_OPTIONS.text()));
        return new ShowVersion();
    }
}
