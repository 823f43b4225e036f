package io.sessionizer.bench.process;

import io.sessionizer.guarantee.support.PollingWait;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * One runner at work under an {@code application.id} of its own: its process, its output topics, its state. Everything is
 * gone once it is closed.
 */
public final class BenchInstance implements AutoCloseable {
    private static final String IS_RUNNING = "Running: all partitions of this instance are restored";

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    /** So long nothing more must be written before a runner is taken to be done. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final BenchBroker bed;
    private final RunnerJob job;
    private final RunnerEnvironment place;
    private final Path directory;
    /** Null until started. */
    private ChildJvm process;

    /**
     * What an instance is to do.
     *
     * @param runner which one
     * @param application its {@code application.id}, which begins the names of its topics
     * @param input the topic to read
     * @param graceMs how long the DSL waits for what is late
     * @param settings on top of those that the service ships with
     */
    public record RunnerJob(
            BenchRunner runner, String application, String input, long graceMs, Map<String, String> settings) {}

    private BenchInstance(BenchBroker bed, RunnerJob job, RunnerEnvironment place) {
        this.bed = bed;
        this.job = job;
        this.place = place;
        this.directory = place.scratch().resolve(job.application());
    }

    /** Creates the output topics and starts the process; does not wait until it runs. */
    public static BenchInstance start(BenchBroker bed, RunnerJob job, int partitions, RunnerEnvironment place)
            throws IOException {
        BenchInstance instance = new BenchInstance(bed, job, place);
        bed.create(List.of(instance.enriched(), instance.concluded()), partitions);
        Files.createDirectories(instance.directory);
        Properties properties = new Properties();
        properties.putAll(instance.properties());
        try (Writer writer = Files.newBufferedWriter(instance.config())) {
            properties.store(writer, null);
        }
        instance.startProcess();
        return instance;
    }

    private void startProcess() throws IOException {
        process = ChildJvm.start(
                job.runner().classPath(place.before()),
                List.of("-Xmx" + place.heap()),
                job.runner().program(config(), job.graceMs()),
                place.logs().resolve(job.application() + ".log"));
    }

    /** Starts the service again after its {@link #end}, and waits until it has all its state. How long that took, in s. */
    public double secondsToRunAgain() throws IOException {
        long started = System.nanoTime();
        startProcess();
        process.awaitLine(IS_RUNNING, STARTS_WITHIN);
        return (System.nanoTime() - started) / 1e9;
    }

    /** As when its disk is lost. It must have ended. */
    public void loseState() throws IOException {
        ScratchDirectory.delete(state());
    }

    /** Waits until it has committed all of its input, and writes no more. */
    public void awaitDone(long records) {
        PollingWait.until(application() + " has worked off all", PATIENCE, () -> {
            process.requireAlive();
            return bed.committed(application()) >= records;
        });
        long[] seen = {-1, System.nanoTime()};
        PollingWait.until(application() + " writes no more", PATIENCE, () -> {
            long now = bed.ends(concluded()).values().stream()
                    .mapToLong(end -> end)
                    .sum();
            if (now != seen[0]) {
                seen[0] = now;
                seen[1] = System.nanoTime();
            }
            return System.nanoTime() - seen[1] > QUIET_NANOS;
        });
    }

    private Path config() {
        return directory.resolve("runner.properties");
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("bootstrap.servers", bed.servers());
        properties.put("application.id", application());
        properties.put("state.dir", state().toString());
        properties.put("events.topic", job.input());
        properties.put("enriched.topic", enriched());
        properties.put("concluded.topic", concluded());
        for (String topic : List.of("dead.letter", "profiles", "settings", "board")) {
            properties.put(topic + ".topic", application() + "-" + topic);
        }
        // the board is there, as in any service, at whatever port is free
        properties.put("http.port", "0");
        properties.putAll(job.settings());
        return properties;
    }

    public String application() {
        return job.application();
    }

    public String enriched() {
        return application() + "-enriched";
    }

    public String concluded() {
        return application() + "-concluded";
    }

    public ChildJvm process() {
        return process;
    }

    /** Asks it to end and waits until it has. */
    public void end() {
        process.close();
    }

    @Override
    public void close() throws IOException {
        end();
        bed.delete(application());
        ScratchDirectory.delete(directory);
    }

    /**
     * Where instances run.
     *
     * @param scratch for state and configuration
     * @param logs where each has one
     * @param heap of each JVM, as {@code -Xmx} takes it
     * @param before the jar of the service as it was
     */
    public record RunnerEnvironment(Path scratch, Path logs, String heap, String before) {}
}
