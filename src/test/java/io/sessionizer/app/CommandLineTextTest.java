package io.sessionizer.app;

import io.sessionizer.Golden;
import io.sessionizer.web.http.BuildVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command line prints where it does not run the service, to which stream, and the exit code. */
@Timeout(120)
class CommandLineTextTest {
    private static final List<List<String>> CALLS = List.of(
            List.of("--help"),
            List.of("--version"),
            List.of(),
            List.of("go"),
            List.of("run", "--quiet"),
            List.of("run", "--config="),
            List.of("run", "--config", "none.properties"),
            List.of("check", "--config", "none.properties"),
            List.of("check", "--json"));

    /** The same code answers these, so one process for all of them is enough. */
    private static final List<List<String>> PARSED = List.of(
            List.of("-h"),
            List.of("help"),
            List.of("help", "me"),
            List.of("go", "--help"),
            List.of("run", "--config", "a", "-h"),
            List.of("-V"),
            List.of("-V", "-v"),
            List.of("--version", "--quiet"),
            List.of("version"),
            List.of(""),
            List.of("RUN"),
            List.of("run"),
            List.of("run", "a.properties"),
            List.of("run", "--config"),
            List.of("run", "--config", ""),
            List.of("run", "--config", "a", "b"),
            List.of("run", "--config=a"),
            List.of("run", "--config=a", "b"),
            List.of("run", "--accept-positions"),
            List.of("run", "--config", "a", "--accept-positions"),
            List.of("run", "--accept-positions", "--config=a"),
            List.of("run", "--config", "--accept-positions"),
            List.of("run", "--accept-positions", "--accept-positions"),
            List.of("run", "--accept-positions=a"),
            List.of("run", "--config", "a\0b"),
            List.of("check"),
            List.of("check", "a"),
            List.of("check", "--accept-positions"),
            List.of("check", "--config=a", "--connect", "--events", "b", "--json"),
            List.of("check", "--events=-"),
            List.of("check", "--connect", "--connect"),
            List.of("check", "--events", "a\0b"));

    @TempDir
    Path directory;

    @Test
    void isAsItWas() throws Exception {
        StringBuilder all = new StringBuilder();
        for (List<String> call : CALLS) {
            all.append(output(call));
        }
        Golden.check("command-line.txt", all.toString());
    }

    private String output(List<String> arguments) throws IOException, InterruptedException {
        int code = arguments.size() == 1 && arguments.get(0).startsWith("--") ? 0 : 2;
        try (ChildProcess child =
                ChildProcess.start(directory, Map.of(), Main.class, arguments.toArray(String[]::new))) {
            return "$ " + String.join(" ", arguments) + "\n" + marked("out", child.output(code))
                    + marked("err", String.join("\n", child.errorLines())) + "exit " + code + "\n\n";
        }
    }

    private static String marked(String stream, String text) {
        return text.replace(BuildVersions.service(), "VERSION")
                .lines()
                .map(line -> stream + (line.isEmpty() ? "" : " " + line) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void understandsTheArgumentsAsItDid() throws Exception {
        Golden.check(
                "command-line-arguments.txt",
                PARSED.stream()
                        .map(arguments -> arguments + ": " + meaning(Command.parse(arguments)) + "\n")
                        .map(line -> line.replace('\0', '?'))
                        .collect(Collectors.joining()));
    }

    private static String meaning(Command command) {
        if (command instanceof Command.UsageError wrong) {
            return wrong.line();
        }
        if (command instanceof Command.Run run) {
            return "runs" + run.config().map(file -> " with " + file).orElse("")
                    + (run.acceptsPositions() ? ", accepting positions" : "");
        }
        if (command instanceof Command.Check check) {
            return "checks" + check.config().map(file -> " " + file).orElse("") + ": " + check.request();
        }
        return command instanceof Command.ShowHelp ? "helps" : "tells the version";
    }
}
