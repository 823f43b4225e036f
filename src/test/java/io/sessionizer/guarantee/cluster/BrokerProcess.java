package io.sessionizer.guarantee.cluster;

import io.sessionizer.guarantee.support.JavaProcess;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A broker of several, in a JVM of its own, so that it can be killed and frozen. For one thread. */
final class BrokerProcess implements AutoCloseable {
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final Path config;
    private final JavaProcess process;

    /**
     * @param name of its log
     * @param directory for its data, formatted
     * @param port to listen on
     * @param settings of the broker
     */
    BrokerProcess(String name, Path directory, int port, Map<String, String> settings) throws IOException {
        this.directory = directory;
        this.port = port;
        this.config = directory.resolveSibling(name + ".properties");
        this.process = new JavaProcess(name);
        Properties all = new Properties();
        all.putAll(settings);
        try (Writer writer = Files.newBufferedWriter(config, StandardCharsets.UTF_8)) {
            all.store(writer, null);
        }
    }

    /** Returns at once. */
    void start() throws IOException {
        process.start(List.of(
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                directory.toString(),
                Integer.toString(port),
                config.toString()));
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** SIGTERM: it hands over its leaders. */
    void stop() throws InterruptedException {
        process.stop(STOPS_WITHIN);
    }

    void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    @Override
    public void close() {
        process.close();
    }

    /** The broker's own process: directory, port and a file of settings. */
    public static void main(String[] arguments) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[2]), StandardCharsets.UTF_8)) {
            settings.load(reader);
        }
        Map<String, String> all = new HashMap<>();
        settings.stringPropertyNames().forEach(name -> all.put(name, settings.getProperty(name)));
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), all);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "shutdown"));
    }
}
