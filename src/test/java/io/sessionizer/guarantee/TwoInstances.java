package io.sessionizer.guarantee;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Two instances that share four partitions equally, with a standby of each, on a broker of their own. Sessions are short,
 * and conclude soon in silence, so that a test need not wait for them.
 *
 * @param cluster the broker
 * @param outputs what the instances write
 * @param one the first instance
 * @param two the second
 */
record TwoInstances(Cluster cluster, Outputs outputs, Service one, Service two) implements AutoCloseable {
    static final long GAP_MS = 5_000;
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.of(
            "session.inactivity.gap.ms",
            "" + GAP_MS,
            "idle.after.ms",
            "1000",
            "num.standby.replicas",
            "1",
            "acceptable.recovery.lag",
            "1000000",
            "num.stream.threads",
            "1",
            "session.timeout.ms",
            "6000",
            "heartbeat.interval.ms",
            "1000");

    /**
     * Starts them, and waits until both run.
     *
     * @param name of the group, and of the instances with {@code -one} and {@code -two} behind it
     */
    static TwoInstances start(Path directory, String name) throws Exception {
        Cluster cluster = Cluster.start(directory.resolve("broker"), 4);
        TwoInstances both = new TwoInstances(
                cluster,
                new Outputs(cluster),
                new Service(name + "-one", directory, cluster.properties(name, SETTINGS)),
                new Service(name + "-two", directory, cluster.properties(name, SETTINGS)));
        both.one.start();
        both.two.start();
        Waiting.until(
                "Each instance holds half of the partitions",
                PATIENCE,
                () -> cluster.partitionsOf(name, name + "-one").size() == 2
                        && cluster.partitionsOf(name, name + "-two").size() == 2);
        both.one.awaitRunning(PATIENCE);
        both.two.awaitRunning(PATIENCE);
        return both;
    }

    @Override
    public void close() {
        one.close();
        two.close();
        outputs.close();
        cluster.close();
    }
}
