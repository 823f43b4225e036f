package io.sessionizer.guarantee.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own, which can be started again after its end, with a log under {@code target/guarantee}. For one thread.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "guarantee");

    private final String name;
    private final Path log;
    private long logStart;
    private Process process;

    /** @param name of its log */
    public JavaProcess(String name) throws IOException {
        this.name = name;
        this.log = Files.createDirectories(LOGS).resolve(name + ".log");
        Files.deleteIfExists(log);
    }

    /** Starts it with these arguments of {@code java}, and returns at once. */
    public void start(List<String> arguments) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException("process: must have ended. Found: alive, " + name);
        }
        logStart = Files.exists(log) ? Files.size(log) : 0;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SESSIONIZER_"));
        process = builder.start();
    }

    /** The output so far of the current process, or of the last one. */
    public String log() {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(all, (int) logStart, (int) (all.length - logStart), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The output of all its processes. */
    public File logFile() {
        return log.toFile();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until the process has ended by itself, and returns its exit code. */
    public int awaitExit(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + ": must end within " + timeout + ". Found: " + log());
        }
        return process.exitValue();
    }

    /** SIGKILL: it gets no chance to finish anything. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, and waits for its end. Returns its exit code. */
    public int stop(Duration timeout) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw new AssertionError(name + ": must end within " + timeout + " of SIGTERM. Found: " + log());
        }
        return process.exitValue();
    }

    /** SIGSTOP: it hangs, with its connections open, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + signal + " of " + name + ": must succeed. Found: " + exit);
        }
    }

    /** Leaves no process behind, whatever has failed. */
    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
