package io.sessionizer.kafka.config;

import java.nio.file.NoSuchFileException;

/** Formats failures for the operator. */
public final class Failure {
    private static final int MAX_DEPTH = 10;

    private Failure() {}

    /** The messages of a failure and its causes, in one line. */
    public static String inOneLine(Throwable failure) {
        StringBuilder line = new StringBuilder();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++, cause = cause.getCause()) {
            String text = text(cause);
            if (line.indexOf(text) < 0) {
                line.append(line.length() == 0 ? "" : ": ").append(text);
            }
        }
        return line.toString().replaceAll("\\s+", " ").strip();
    }

    private static String text(Throwable cause) {
        if (cause.getMessage() == null) {
            return cause.getClass().getSimpleName();
        }
        // its message is only the path, which the line may already contain
        return (cause instanceof NoSuchFileException ? "No such file: " : "") + cause.getMessage();
    }
}
