package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command check as a process: streams and exit codes. */
@Timeout(120)
class CheckCommandTest {
    private static final String COUNTS = "{\"identity\":\"u\",\"evtName\":\"Seen\",\"ts\":1468308340}\n";
    private static final Map<String, String> SERVERS = Map.of("SESSIONIZER_BOOTSTRAP_SERVERS", "127.0.0.1:1");

    @TempDir
    Path directory;

    @Test
    void jsonIsAloneOnStandardOutput_whateverElseIsReported() throws Exception {
        Path events = Files.writeString(directory.resolve("events.jsonl"), COUNTS);
        Map<String, String> environment =
                Map.of("SESSIONIZER_BOOTSTRAP_SERVERS", "127.0.0.1:1", "SESSIONIZER_STARTUP_TIMEOUT_MS", "500");
        try (ChildProcess child = ChildProcess.start(
                directory, environment, Main.class, "check", "--connect", "--events", events.toString(), "--json")) {
            List<String> out = child.output(1).lines().toList();
            assertEquals(1, out.size(), out::toString);
            assertTrue(out.get(0).startsWith("{\"line\":1,\"verdict\":\"counts\","), out::toString);
            List<String> errors = child.errorLines();
            assertEquals(2, errors.size(), errors::toString);
            assertTrue(
                    errors.get(0).contains(" WARN  BrokerConnection: No broker responds at 127.0.0.1:1"),
                    errors::toString);
            assertEquals(
                    "sessionizer: cannot start: bootstrap.servers: a broker must respond within startup.timeout.ms, 500."
                            + " Found: none at 127.0.0.1:1",
                    errors.get(1));
        }
    }

    @Test
    void aFileThatCannotBeReadIsOneLine() throws Exception {
        try (ChildProcess child =
                ChildProcess.start(directory, SERVERS, Main.class, "check", "--events", directory.toString())) {
            assertEquals("", child.output(2));
            assertEquals(
                    List.of("--events: must be a file. Found: " + directory + ", a directory"), child.errorLines());
        }
    }

    @Test
    void endsQuietly_whenTheReaderOfItsOutputHasGone() throws Exception {
        Path events = Files.writeString(directory.resolve("events.jsonl"), COUNTS.repeat(200_000));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        "\"$0\" -cp \"$1\" " + Main.class.getName()
                                + " check --events \"$2\" | head -1; echo ${PIPESTATUS[0]}",
                        java,
                        System.getProperty("java.class.path"),
                        events.toString())
                .redirectErrorStream(true);
        builder.environment().putAll(SERVERS);
        Process pipe = builder.start();
        List<String> lines = new String(pipe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertTrue(pipe.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("The configuration is valid: "), lines::toString);
        assertEquals("1", lines.get(1));
    }
}
