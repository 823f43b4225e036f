package io.sessionizer.app.config;

import io.sessionizer.Golden;
import io.sessionizer.app.config.Configuration.Invalid;
import java.io.IOException;
import java.util.List;

/** The problems of one configuration after the other, compared with a golden file at the end. */
final class ErrorTranscript {
    private final StringBuilder text = new StringBuilder();

    void heading(String key) {
        text.append("# ").append(key).append('\n');
    }

    /** A single problem is on the line of the input, several are below it. */
    void add(String input, Configuration loaded) {
        List<String> lines = loaded instanceof Invalid invalid ? invalid.problems() : List.of("accepted");
        String before = lines.size() == 1 ? "" : "\n    ";
        text.append(input).append(" -> ");
        lines.forEach(line -> text.append(before).append(line));
        text.append('\n');
    }

    /** Replaces a text that differs from run to run. */
    void mask(String varying, String mask) {
        String masked = text.toString().replace(varying, mask);
        text.setLength(0);
        text.append(masked);
    }

    /** @param golden name of the file in the folder {@code configuration} of the golden files */
    void check(String golden) throws IOException {
        Golden.check("configuration/" + golden, text.toString());
    }
}
