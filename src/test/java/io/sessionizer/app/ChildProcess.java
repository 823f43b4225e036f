package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, since an exit code can't be seen from within. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final Path errors;

    private ChildProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static ChildProcess start(Path directory, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // the log levels of production, not those of tests
                "-Dlogback.configurationFile=logback.xml",
                // as in the manifest of the jar
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                main.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(directory, "stderr", null);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SESSIONIZER_") || name.startsWith("JAVA_"));
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), errors);
    }

    /** Blocks until the child has printed {@code text} to standard output; returns what it has printed until then. */
    String awaitOutput(String text) throws IOException {
        InputStream in = process.getInputStream();
        StringBuilder seen = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (seen.append((char) c).indexOf(text) >= 0) {
                return seen.toString();
            }
        }
        throw new AssertionError("output: must hold " + text + ". Found: " + seen);
    }

    /** SIGTERM. (The process's own method would close its output too.) */
    void terminate() {
        process.toHandle().destroy();
    }

    /** The rest of standard output, once the child has ended with {@code code}. */
    String output(int code) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "must end within a minute");
        assertEquals(code, process.exitValue(), () -> output + "\n" + errorLines());
        return output;
    }

    List<String> errorLines() {
        try {
            return Files.readAllLines(errors);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
