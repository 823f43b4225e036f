package io.sessionizer.guarantee.support;

import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.stats.StatsRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An instance of the service in this JVM, where a test asks for more than its outputs. Its state outlives it. */
public final class ServiceInstance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HOUR = 3_600_000;

    private final String name;
    private final SessionizerSettings settings;
    private final Queue<StatsRow> rows = new ConcurrentLinkedQueue<>();
    private Sessionizer service;

    /**
     * @param name of the instance, for its state and its Kafka clients
     * @param more settings of Kafka's, which beat what any needs
     */
    public ServiceInstance(String name, Path directory, TestCluster cluster, Map<String, String> more) {
        this(name, directory, cluster, SessionizerSettings.UserFrom.KEY, more);
    }

    /** As by the constructor, with the user in the payload. */
    public static ServiceInstance rekeying(String name, Path directory, TestCluster cluster, Map<String, String> more) {
        return new ServiceInstance(name, directory, cluster, SessionizerSettings.UserFrom.PAYLOAD, more);
    }

    private ServiceInstance(
            String name,
            Path directory,
            TestCluster cluster,
            SessionizerSettings.UserFrom userFrom,
            Map<String, String> more) {
        this.name = name;
        Map<String, String> all = new HashMap<>(more);
        all.put("bootstrap.servers", cluster.bootstrapServers());
        all.put("state.dir", directory.resolve(name + "-state").toString());
        all.put("client.id", name);
        // the wall clock has no effect: events are some hours old
        this.settings = TestSettings.of(
                userFrom,
                SessionizerSettings.Uncounted.DROP,
                TestSettings.RULES,
                new SessionizerSettings.ClockSettings(HOUR, HOUR, 900_000),
                all);
    }

    /** Starts it, as often as it has ended, and returns once it is on its way. */
    public ServiceInstance start() {
        rows.clear();
        service = new Sessionizer(settings, rows::add);
        service.start();
        return this;
    }

    public Sessionizer service() {
        return service;
    }

    /** The rows of the board that it has handed on since it was last started, in their order. */
    public List<StatsRow> rows() {
        return List.copyOf(rows);
    }

    public void awaitReady() {
        PollingWait.until(name + " is ready", PATIENCE, service::isReady);
    }

    /** In order: it commits and leaves the group. */
    public void stop() {
        service.close();
    }

    @Override
    public void close() {
        stop();
    }
}
