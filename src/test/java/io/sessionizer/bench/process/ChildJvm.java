package io.sessionizer.bench.process;

import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own, with a log file. It ends with this one. For one thread. */
public final class ChildJvm implements AutoCloseable {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);
    private static final String PEAK = "VmHWM:";

    private final Process process;
    private final Path log;
    private final Thread ending;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /**
     * @param jvm arguments of the JVM, such as its heap
     * @param program the main class and its arguments
     */
    static ChildJvm start(List<String> jvm, List<String> program, Path log) throws IOException {
        return start(System.getProperty("java.class.path"), jvm, program, log);
    }

    /** The same, with another class path than this JVM's. */
    static ChildJvm start(String classPath, List<String> jvm, List<String> program, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath));
        command.addAll(program);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SESSIONIZER_"));
        return new ChildJvm(builder.start(), log);
    }

    /** Waits for a line of its log that contains the text, and returns it. */
    String awaitLine(String text, Duration timeout) {
        PollingWait.until(log + " says '" + text + "'", timeout, () -> {
            requireAlive();
            return line(text).length() > 0;
        });
        return line(text);
    }

    private String line(String text) {
        // only whole lines: the last one may still be being written
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "process: must run. Found: ended with " + process.exitValue() + ", see " + log);
        }
    }

    /** Processor time that it has taken so far, over all its threads, in s. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Its peak resident memory in bytes; 0 where the system does not report it as Linux does. */
    public long peakBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(ending);
    }
}
