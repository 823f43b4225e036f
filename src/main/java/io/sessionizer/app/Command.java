package io.sessionizer.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The parsed command line. */
sealed interface Command {
    /**
     * Run the service.
     *
     * @param config the properties file; empty if only the environment and the defaults are used
     */
    record Run(Optional<Path> config) implements Command {}

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
            return new UsageError("command: must be run, --help or --version. Found: nothing");
        }
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new ShowHelp();
        }
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (arguments.get(0)) {
            case "run" -> run(rest);
            case "help" -> new ShowHelp();
            case "--version", "-V" -> rest.isEmpty() ? new ShowVersion() : unknownOption(rest.get(0));
            default -> new UsageError("command: must be run, --help or --version. Found: " + arguments.get(0));
        };
    }

    private static Command run(List<String> options) {
        if (options.isEmpty()) {
            return new Run(Optional.empty());
        }
        String option = options.get(0);
        if (option.startsWith("--config=") && options.size() == 1) {
            return run(List.of("--config", option.substring("--config=".length())));
        }
        if (!option.equals("--config")) {
            return unknownOption(option);
        }
        if (options.size() == 1 || options.get(1).isEmpty()) {
            return new UsageError("--config: must be followed by a file. Found: nothing");
        }
        if (options.size() > 2) {
            return unknownOption(options.get(2));
        }
        try {
            return new Run(Optional.of(Path.of(options.get(1))));
        } catch (InvalidPathException e) {
            return new UsageError("--config: must be followed by a file. Found: " + options.get(1));
        }
    }

    private static Command unknownOption(String option) {
        return new UsageError("option: must be --config FILE, after run. Found: " + option);
    }
}
