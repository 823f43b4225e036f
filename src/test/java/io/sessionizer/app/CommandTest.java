package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sessionizer.app.check.CheckRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
    @Test
    void runsWithAFileOrWithout() {
        assertEquals(new Command.Run(Optional.empty(), false), Command.parse(List.of("run")));
        assertEquals(
                new Command.Run(Optional.of(Path.of("a.properties")), false),
                Command.parse(List.of("run", "--config", "a.properties")));
        assertEquals(
                new Command.Run(Optional.of(Path.of("a.properties")), false),
                Command.parse(List.of("run", "--config=a.properties")));
    }

    @Test
    void checksWhatIsAskedFor() {
        assertEquals(
                new Command.Check(Optional.empty(), new CheckRequest(false, Optional.empty(), false)),
                Command.parse(List.of("check")));
        assertEquals(
                new Command.Check(
                        Optional.of(Path.of("a.properties")), new CheckRequest(true, Optional.of("b.jsonl"), true)),
                Command.parse(List.of("check", "--json", "--events=b.jsonl", "--connect", "--config", "a.properties")));
        assertEquals(
                new Command.Check(Optional.empty(), new CheckRequest(false, Optional.of("-"), false)),
                Command.parse(List.of("check", "--events", "-")));
    }

    @Test
    void showsHelp_atAnyPosition() {
        assertInstanceOf(Command.ShowHelp.class, Command.parse(List.of("--help")));
        assertInstanceOf(Command.ShowHelp.class, Command.parse(List.of("run", "--help")));
    }

    @Test
    void showsTheVersion() {
        assertInstanceOf(Command.ShowVersion.class, Command.parse(List.of("--version")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "go | command: must be run, check, --help or --version. Found: go",
                "--quiet | command: must be run, check, --help or --version. Found: --quiet",
                "run --quiet | option: must be --config FILE or --accept-positions, after run. Found: --quiet",
                "run --config | --config: must be followed by a file. Found: nothing",
                "run --config= | --config: must be followed by a file. Found: nothing",
                "run --connect | option: must be --config FILE or --accept-positions, after run. Found: --connect",
                "check --events | --events: must be followed by a file. Found: nothing",
                "check --events --json | --events: must be followed by a file. Found: nothing",
                "check --json | --json: must be used with --events FILE. Found: --json alone",
                "check --quiet | option: must be --config FILE, --connect, --events FILE or --json, after check. Found: --quiet",
                "check --json=1 | option: must be --config FILE, --connect, --events FILE or --json, after check. Found: --json=1",
                "check --events a --events b | option: must be --config FILE, --connect, --events FILE or --json, after check. Found: --events",
                "run --config a b | option: must be --config FILE or --accept-positions, after run. Found: b",
            })
    void rejectsUnknownArguments(String arguments, String line) {
        assertEquals(new Command.UsageError(line), Command.parse(List.of(arguments.split(" "))));
    }

    @Test
    void rejectsAnEmptyCommandLine() {
        assertInstanceOf(Command.UsageError.class, Command.parse(List.of()));
    }
}
