package io.sessionizer.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options after a command.
 *
 * @param flags the flags that are set
 * @param files the files, by option
 */
record CommandOptions(Set<String> flags, Map<String, String> files) {
    /** An unknown option, or an option without its file; the message is one line for the operator. */
    static final class InvalidOptionException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidOptionException(String line) {
            super(line);
        }
    }

    /**
     * The options that a command has.
     *
     * @param text the names of the options, as they follow "must be"
     */
    record AllowedOptions(Set<String> flags, Set<String> files, String text) {
        InvalidOptionException unknown(String option) {
            return new InvalidOptionException("option: must be " + text + ". Found: " + option);
        }

        boolean has(String argument) {
            return flags.contains(argument) || files.contains(argument);
        }
    }

    /** Each option may occur once; its file is the next argument, or follows an equals sign. */
    static CommandOptions parse(List<String> arguments, AllowedOptions allowed) throws InvalidOptionException {
        Set<String> flags = new HashSet<>();
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (allowed.files().contains(option) && !files.containsKey(option)) {
                String file =
                        equals < 0 ? (++i < arguments.size() ? arguments.get(i) : "") : argument.substring(equals + 1);
                if (file.isEmpty() || allowed.has(file)) {
                    throw new InvalidOptionException(option + ": must be followed by a file. Found: nothing");
                }
                files.put(option, file);
            } else if (!allowed.flags().contains(argument) || !flags.add(argument)) {
                throw allowed.unknown(argument);
            }
        }
        return new CommandOptions(flags, files);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    Optional<String> file(String option) {
        return Optional.ofNullable(files.get(option));
    }

    /** The file as a path. */
    Optional<Path> path(String option) throws InvalidOptionException {
        try {
            return file(option).map(Path::of);
        } catch (InvalidPathException e) {
            throw new InvalidOptionException(option + ": must be followed by a file. Found: " + files.get(option));
        }
    }
}
