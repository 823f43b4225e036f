package io.sessionizer.guarantee.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One instance of the service as an operator runs it: a JVM of its own, started from the jar where there is one (as in
 * the build), otherwise from the class path. It has a state directory of its own, which outlives its processes, and a
 * log under {@code target/guarantee}. For one thread.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(40);
    private static final String IS_RUNNING = "Running: all partitions of this instance are restored";

    private static final Pattern BOARD_AT = Pattern.compile("Session Board at (http://[^\\s/]+)");

    private final String name;
    private final Path stateDirectory;
    private final Path config;
    private final JavaProcess process;
    private int heapMegabytes = 512;

    /**
     * @param name of the instance, for its files and its Kafka clients
     * @param directory for its state and configuration
     * @param properties of the service, as in its configuration file, but for {@code state.dir} and {@code client.id}
     */
    public ServiceProcess(String name, Path directory, Map<String, String> properties) throws IOException {
        this.name = name;
        this.stateDirectory = directory.resolve(name + "-state");
        this.config = directory.resolve(name + ".properties");
        this.process = new JavaProcess(name);
        Properties all = new Properties();
        all.putAll(properties);
        all.put("state.dir", stateDirectory.toString());
        all.put("client.id", name);
        all.putIfAbsent("http.port", "0");
        try (var writer = Files.newBufferedWriter(config, StandardCharsets.UTF_8)) {
            all.store(writer, null);
        }
    }

    /** Sets its largest heap, of the next start on. */
    public ServiceProcess withHeap(int megabytes) {
        heapMegabytes = megabytes;
        return this;
    }

    /** The lines for the operator that the current process has written, or the last one. */
    public List<String> operatorLines() {
        return log().lines().filter(line -> line.startsWith("sessionizer: ")).toList();
    }

    /** Where its state is. */
    public Path stateDirectory() {
        return stateDirectory;
    }

    /** Starts the process, with more options of {@code run}, and returns at once. */
    public void start(String... options) throws IOException {
        start(program(), options);
    }

    /** Starts the process from another jar, as of an earlier version, and returns at once. */
    public void startFrom(Path jar) throws IOException {
        start(List.of("-jar", jar.toString()));
    }

    private void start(List<String> program, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                // it starts with half the work
                "-XX:TieredStopAtLevel=1",
                // of the jar; on the class path there is another one, for tests
                "-Dlogback.configurationFile=" + Path.of("config", "logback.xml")));
        arguments.addAll(program);
        arguments.addAll(List.of("run", "--config", config.toString()));
        arguments.addAll(List.of(options));
        process.start(arguments);
    }

    private static List<String> program() {
        String jar = System.getProperty("sessionizer.jar");
        return jar != null && new File(jar).exists()
                ? List.of("-jar", jar)
                : List.of("-cp", System.getProperty("java.class.path"), "io.sessionizer.app.Main");
    }

    /** Waits until it logs that all its partitions are restored. */
    public void awaitRunning(Duration timeout) {
        PollingWait.until(name + " runs", timeout, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + ": must run. Found: ended with " + log());
            }
            return log().contains(IS_RUNNING);
        });
    }

    /** Waits until it ends by itself, and returns its exit code. */
    public int awaitExit(Duration timeout) throws InterruptedException {
        return process.awaitExit(timeout);
    }

    /** The output so far of the current process, or of the last one. */
    public String log() {
        return process.log();
    }

    /** Where its pages are, without a slash at the end. */
    public String url() {
        Matcher board = BOARD_AT.matcher(log());
        if (!board.find()) {
            throw new AssertionError(name + ": must say where the Session Board is. Found: " + log());
        }
        return board.group(1);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL: it gets no chance to finish anything. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM: it commits, leaves the group, and exits with 0. */
    public void stop() throws InterruptedException {
        assertEquals(0, process.stop(STOPS_WITHIN), () -> name + "'s exit code after SIGTERM: " + log());
    }

    /** SIGTERM while brokers are away or it starts: it ends, but not with 0 in every case. */
    public void stopAmidFaults() throws InterruptedException {
        process.stop(STOPS_WITHIN);
    }

    /** SIGSTOP: it hangs, with its connections open, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    /** SIGCONT. */
    public void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    /** As when its disk is lost. Only while it is not running. */
    public void loseState() throws IOException {
        if (Files.notExists(stateDirectory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(stateDirectory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Leaves no process behind, whatever has failed. */
    @Override
    public void close() {
        process.close();
    }
}
