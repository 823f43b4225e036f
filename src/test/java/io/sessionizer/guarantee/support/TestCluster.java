package io.sessionizer.guarantee.support;

import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** A real broker in this JVM with the service's topics. Only one thread may start and stop the broker. */
public final class TestCluster extends TestTopics {
    /** So that a killed instance is missed after seconds; Kafka's least is 6 s. */
    private static final Map<String, String> OVERRIDES = Map.of("group.min.session.timeout.ms", "1000");

    private final Path directory;
    private final Map<String, String> brokerSettings;
    private EmbeddedBroker broker;

    private TestCluster(Path directory, int partitions, Map<String, String> brokerSettings, EmbeddedBroker broker) {
        super(broker.bootstrapServers(), partitions, Map.of());
        this.directory = directory;
        this.brokerSettings = brokerSettings;
        this.broker = broker;
    }

    /**
     * Starts a broker and creates the topics, without any limit on the age of records.
     *
     * @param directory for the broker's data
     * @param partitions of each topic
     */
    public static TestCluster start(Path directory, int partitions)
            throws IOException, InterruptedException, ExecutionException {
        return start(directory, partitions, Map.of());
    }

    /** As above, with settings of the broker. */
    public static TestCluster start(Path directory, int partitions, Map<String, String> brokerSettings)
            throws IOException, InterruptedException, ExecutionException {
        Map<String, String> all = new HashMap<>(OVERRIDES);
        all.putAll(brokerSettings);
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0, all);
        TestCluster cluster = new TestCluster(directory, partitions, all, broker);
        cluster.create(1, Map.of());
        return cluster;
    }

    /** The broker goes away; its data and address stay. */
    public void stopBroker() {
        broker.close();
    }

    /** The broker is back after {@link #stopBroker}. */
    public void startBroker() throws IOException {
        int port =
                Integer.parseInt(bootstrapServers().substring(bootstrapServers().indexOf(':') + 1));
        broker = EmbeddedBroker.start(directory, port, brokerSettings);
    }

    @Override
    public void close() {
        // a broker waits for the requests it processes
        RequestGate.open();
        super.close();
        broker.close();
    }
}
