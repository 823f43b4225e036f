package io.sessionizer.quickstart;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own broker in this JVM: one node, controller and broker in one (KRaft), on 127.0.0.1 only. Its data remain in
 * its directory, so it can be closed and started again with the same directory and port; the caller deletes the
 * directory.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;
    /** Packages of the broker only: the log levels of the clients, which the service shares, are unchanged. */
    private static final List<String> LOGGERS = List.of(
            "kafka",
            "state.change.logger",
            "org.apache.kafka.controller",
            "org.apache.kafka.coordinator",
            "org.apache.kafka.deferred",
            "org.apache.kafka.image",
            "org.apache.kafka.metadata",
            "org.apache.kafka.network",
            "org.apache.kafka.queue",
            "org.apache.kafka.raft",
            "org.apache.kafka.security",
            "org.apache.kafka.server",
            "org.apache.kafka.snapshot",
            "org.apache.kafka.storage",
            "org.apache.kafka.timeline");

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int TRIES = 100;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker, which is ready for clients on return.
     *
     * @param directory for its data; formatted if new, otherwise reused
     * @param port to listen on, 0 for any free one
     * @throws BindException if the port is in use; nothing has been started or written
     */
    public static EmbeddedBroker start(Path directory, int port) throws IOException {
        return start(directory, port, Map.of());
    }

    /** Like {@link #start(Path, int)}, with broker settings that override the ones here. */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> overrides) throws IOException {
        int free = freePort(port);
        reduceLogging();
        Properties properties = properties(directory, free, otherFreePort(free));
        properties.putAll(overrides);
        format(directory);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        EmbeddedBroker broker = new EmbeddedBroker(server, free);
        try {
            server.startup();
            // Scala throws checked exceptions without declaring them
        } catch (Throwable failed) {
            broker.close();
            throw new IOException("the broker on port " + free + " did not start: " + failed.getMessage(), failed);
        }
        return broker;
    }

    /** Its address, {@code host:port}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Stops the broker and waits for its shutdown; its data remain. Idempotent. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", directory.toString()),
                Map.entry("auto.create.topics.enable", "false")));
        properties.putAll(forOneNode());
        return properties;
    }

    /** Kafka's defaults are for three nodes and for groups of many members; here both would only cost start-up time. */
    private static Map<String, String> forOneNode() {
        return Map.ofEntries(
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20)));
    }

    private static void format(Path directory) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        try (PrintStream discarded = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(discarded)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(Set.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (IOException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IOException(directory + " cannot be formatted: " + failed.getMessage(), failed);
        }
    }

    private static int freePort(int requested) throws IOException {
        if (requested == 0) {
            return otherFreePort(0);
        }
        if (!isFree(requested)) {
            throw new BindException("port " + requested + " is in use");
        }
        return requested;
    }

    /** Below the ephemeral port range: an outgoing connection could take such a port while the broker is down. */
    private static int otherFreePort(int excluded) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (port != excluded && isFree(port)) {
                return port;
            }
        }
        throw new BindException("no port is free from " + FIRST_PORT + " to " + LAST_PORT);
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (BindException inUse) {
            return false;
        }
    }

    /**
     * Suppresses hundreds of lines per start that are not about the service. Fatal errors of the broker are still
     * logged.
     */
    private static void reduceLogging() {
        // log4j's API is on the class path without its core, and would print a warning about it.
        if (System.getProperty("log4j2.statusLoggerLevel") == null) {
            System.setProperty("log4j2.statusLoggerLevel", "OFF");
        }
        for (String name : LOGGERS) {
            limit(name, Level.ERROR);
        }
        // Logs an error when batches arrive before the first one of a new transaction; clients retry them in order.
        limit("kafka.server.ReplicaManager", Level.OFF);
    }

    private static void limit(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }
}
