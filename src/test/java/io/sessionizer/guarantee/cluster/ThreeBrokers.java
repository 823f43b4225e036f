package io.sessionizer.guarantee.cluster;

import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestTopics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Three brokers, each a controller too, with every topic on all three and two needed for a write; each in a process of
 * its own, with Kafka's defaults. Only one thread may start and stop brokers.
 */
final class ThreeBrokers extends TestTopics {
    static final int BROKERS = 3;
    private static final String HOST = "127.0.0.1";
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);

    /** So that the test's own clients notice a broker that hangs before the service has to. */
    private static final Map<String, String> CLIENT_SETTINGS =
            Map.of("request.timeout.ms", "5000", "metadata.max.age.ms", "5000");

    /**
     * What docs/faults.md advises: by default a broker writes the end of a transaction to a broker that hangs for 30 s before
     * it asks for the partition's new leader, and looks for transactions that have timed out once in 10 s.
     */
    private static final Map<String, String> FOR_SHORT_SILENCES =
            Map.of("request.timeout.ms", "5000", "transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");

    private final List<BrokerProcess> brokers;

    private ThreeBrokers(String bootstrapServers, int partitions, List<BrokerProcess> brokers) {
        super(bootstrapServers, partitions, CLIENT_SETTINGS);
        this.brokers = brokers;
    }

    /**
     * Starts them and creates the topics, without any limit on the age of records.
     *
     * @param directory for their data
     * @param partitions of each topic
     */
    static ThreeBrokers start(Path directory, int partitions) throws Exception {
        List<Integer> ports = freePorts(2 * BROKERS);
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(i -> node(i) + "@" + HOST + ":" + ports.get(BROKERS + i))
                .collect(Collectors.joining(","));
        String clusterId = Uuid.randomUuid().toString();
        List<BrokerProcess> brokers = new ArrayList<>();
        for (int i = 0; i < BROKERS; i++) {
            Path data = Files.createDirectories(directory.resolve("broker-" + node(i)));
            format(data, node(i), clusterId);
            brokers.add(new BrokerProcess(
                    "broker-" + node(i), data, ports.get(i), settings(node(i), ports.get(i), voters)));
        }
        String servers = ports.subList(0, BROKERS).stream()
                .map(port -> HOST + ":" + port)
                .collect(Collectors.joining(","));
        for (BrokerProcess broker : brokers) {
            broker.start();
        }
        ThreeBrokers cluster = new ThreeBrokers(servers, partitions, List.copyOf(brokers));
        try {
            PollingWait.until("Three brokers are there", STARTS_WITHIN, () -> cluster.nodes() == BROKERS);
            cluster.create(BROKERS, Map.of("min.insync.replicas", "2"));
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static int node(int index) {
        return index + 1;
    }

    private static Map<String, String> settings(int node, int port, String voters) {
        String controller = voters.split(",")[node - 1].split("@")[1];
        Map<String, String> all = new HashMap<>();
        all.put("node.id", Integer.toString(node));
        all.put("controller.quorum.voters", voters);
        all.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + controller);
        all.put("default.replication.factor", "3");
        all.put("min.insync.replicas", "2");
        all.put("offsets.topic.replication.factor", "3");
        all.put("offsets.topic.num.partitions", "5");
        all.put("transaction.state.log.replication.factor", "3");
        all.put("transaction.state.log.min.isr", "2");
        all.put("transaction.state.log.num.partitions", "5");
        all.put("group.initial.rebalance.delay.ms", "3000");
        all.putAll(FOR_SHORT_SILENCES);
        return all;
    }

    private static void format(Path directory, int node, String clusterId) throws Exception {
        try (PrintStream discarded = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(discarded)
                    .setNodeId(node)
                    .setClusterId(clusterId)
                    .setDirectories(Set.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        }
    }

    /** Below the ephemeral range: an outgoing connection could take such a port while its broker is down. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < count) {
                int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
                try {
                    sockets.add(new ServerSocket(port, 1, InetAddress.getByName(HOST)));
                } catch (BindException inUse) {
                    // another one
                }
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private int nodes() {
        try {
            return admin().describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The broker with the number 0, 1 or 2. */
    BrokerProcess broker(int number) {
        return brokers.get(number);
    }

    /** Which broker is the active controller now. */
    int controller() throws ExecutionException, InterruptedException {
        return admin().describeMetadataQuorum().quorumInfo().get().leaderId() - 1;
    }

    /** Waits until each partition of each topic is on all three brokers, so that one may be taken away. */
    void awaitInSync(Duration timeout) {
        PollingWait.until("All replicas are in sync", timeout, () -> {
            try {
                return describeAll().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition ->
                                partition.isr().size() == partition.replicas().size()
                                        && partition.leader() != null
                                        && !partition.leader().isEmpty());
            } catch (ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private Map<String, TopicDescription> describeAll() throws ExecutionException, InterruptedException {
        Set<String> topics = admin().listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin().describeTopics(topics).allTopicNames().get();
    }

    /** Another broker becomes the leader of each partition of each topic. */
    void electOtherLeaders() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
        describeAll()
                .forEach((name, topic) -> topic.partitions().forEach(partition -> {
                    List<Integer> replicas = new ArrayList<>(
                            partition.replicas().stream().map(Node::id).toList());
                    Collections.rotate(replicas, 1);
                    orders.put(
                            new TopicPartition(name, partition.partition()),
                            Optional.of(new NewPartitionReassignment(replicas)));
                }));
        admin().alterPartitionReassignments(orders).all().get();
        admin().electLeaders(ElectionType.PREFERRED, orders.keySet())
                .partitions()
                .get();
    }

    /**
     * Moves all but this input partition away from a broker that is not the active controller, and this partition to that
     * broker alone. Returns the broker's number.
     */
    int isolate(int inputPartition) throws ExecutionException, InterruptedException {
        int alone = (controller() + 1) % BROKERS;
        List<Integer> others = IntStream.range(0, BROKERS)
                .filter(broker -> broker != alone)
                .mapToObj(ThreeBrokers::node)
                .toList();
        setMinInsyncReplicas(EVENTS, 1);
        Map<TopicPartition, Optional<NewPartitionReassignment>> places = new HashMap<>();
        describeAll()
                .forEach((name, topic) -> topic.partitions().forEach(partition -> {
                    boolean isIt = name.equals(EVENTS) && partition.partition() == inputPartition;
                    places.put(
                            new TopicPartition(name, partition.partition()),
                            Optional.of(new NewPartitionReassignment(isIt ? List.of(node(alone)) : others)));
                }));
        admin().alterPartitionReassignments(places).all().get();
        PollingWait.until("All partitions have moved", STARTS_WITHIN, () -> {
            try {
                return admin().listPartitionReassignments()
                        .reassignments()
                        .get()
                        .isEmpty();
            } catch (ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
        return alone;
    }

    private void setMinInsyncReplicas(String topic, int least) throws ExecutionException, InterruptedException {
        admin().incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("min.insync.replicas", Integer.toString(least)),
                                AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    boolean hasNoLeader(int inputPartition) throws ExecutionException, InterruptedException {
        Node leader = describeAll().get(EVENTS).partitions().get(inputPartition).leader();
        return leader == null || leader.isEmpty();
    }

    @Override
    public void close() {
        super.close();
        brokers.forEach(BrokerProcess::close);
    }
}
