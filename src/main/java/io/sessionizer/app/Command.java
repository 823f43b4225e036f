package io.sessionizer.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parsed command line. */
sealed interface Command {
    String ACCEPT_POSITIONS = "--accept-positions";

    /**
     * Run the service.
     *
     * @param config the properties file; empty if only the environment and the defaults are used
     * @param acceptsPositions whether reading resumes at the committed positions, whatever the state says
     */
    record Run(Optional<Path> config, boolean acceptsPositions) implements Command {}

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
        List<String> rest = new ArrayList<>(options);
        boolean acceptsPositions = rest.remove(ACCEPT_POSITIONS);
        if (rest.isEmpty()) {
            return new Run(Optional.empty(), acceptsPositions);
        }
        String option = rest.remove(0);
        if (option.startsWith("--config=")) {
            rest.add(0, option.substring("--config=".length()));
        } else if (!option.equals("--config")) {
            return unknownOption(option);
        }
        if (rest.isEmpty() || rest.get(0).isEmpty()) {
            return new UsageError("--config: must be followed by a file. Found: nothing");
        }
        if (rest.size() > 1) {
            return unknownOption(rest.get(1));
        }
        try {
            return new Run(Optional.of(Path.of(rest.get(0))), acceptsPositions);
        } catch (InvalidPathException e) {
            return new UsageError("--config: must be followed by a file. Found: " + rest.get(0));
        }
    }

    private static Command unknownOption(String option) {
        return new UsageError("option: must be --config FILE or --accept-positions, after run. Found: " + option);
    }
}
