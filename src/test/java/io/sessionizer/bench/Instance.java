package io.sessionizer.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * One runner at work under an {@code application.id} of its own: its process, its output topics, its state. Everything is
 * gone once it is closed.
 */
final class Instance implements AutoCloseable {
    private final Bed bed;
    private final String application;
    private final Path directory;
    private final Child process;

    /**
     * What an instance is to do.
     *
     * @param runner which one
     * @param application its {@code application.id}, which begins the names of its topics
     * @param input the topic to read
     * @param graceMs how long the DSL waits for what is late
     * @param settings on top of those that the service ships with
     */
    record Job(Runner runner, String application, String input, long graceMs, Map<String, String> settings) {}

    private Instance(Bed bed, String application, Path directory, Child process) {
        this.bed = bed;
        this.application = application;
        this.directory = directory;
        this.process = process;
    }

    /** Creates the output topics and starts the process; does not wait until it runs. */
    static Instance start(Bed bed, Job job, int partitions, Workplace place) throws IOException {
        bed.create(List.of(enriched(job.application()), concluded(job.application())), partitions);
        Path directory = Files.createDirectories(place.scratch().resolve(job.application()));
        Path config = directory.resolve("runner.properties");
        Properties properties = new Properties();
        properties.putAll(properties(bed, job, directory));
        try (Writer writer = Files.newBufferedWriter(config)) {
            properties.store(writer, null);
        }
        Child process = Child.start(
                List.of("-Xmx" + place.heap()),
                job.runner().program(config, job.graceMs()),
                place.logs().resolve(job.application() + ".log"));
        return new Instance(bed, job.application(), directory, process);
    }

    private static Map<String, String> properties(Bed bed, Job job, Path directory) {
        Map<String, String> properties = new HashMap<>();
        properties.put("bootstrap.servers", bed.servers());
        properties.put("application.id", job.application());
        properties.put("state.dir", directory.resolve("state").toString());
        properties.put("events.topic", job.input());
        properties.put("enriched.topic", enriched(job.application()));
        properties.put("concluded.topic", concluded(job.application()));
        for (String topic : List.of("dead.letter", "profiles", "settings", "board")) {
            properties.put(topic + ".topic", job.application() + "-" + topic);
        }
        // the board is there, as in any service, at whatever port is free
        // http
        properties.putAll(job.settings());
        return properties;
    }

    private static String enriched(String application) {
        return application + "-enriched";
    }

    private static String concluded(String application) {
        return application + "-concluded";
    }

    String application() {
        return application;
    }

    String enriched() {
        return enriched(application);
    }

    String concluded() {
        return concluded(application);
    }

    Child process() {
        return process;
    }

    /** Asks it to end and waits until it has. */
    void end() {
        process.close();
    }

    @Override
    public void close() throws IOException {
        end();
        bed.delete(application);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Where instances run.
     *
     * @param scratch for state and configuration
     * @param logs where each has one
     * @param heap of each JVM, as {@code -Xmx} takes it
     */
    record Workplace(Path scratch, Path logs, String heap) {}
}
