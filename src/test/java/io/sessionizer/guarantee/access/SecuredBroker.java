package io.sessionizer.guarantee.access;

import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker with an authorizer that denies by default. It listens at a port for each security protocol; who comes by
 * PLAINTEXT may do anything.
 */
public final class SecuredBroker implements AutoCloseable {
    public static final String USER = "sessionizer";
    public static final String PASSWORD = "sessionizer-secret";

    private static final String HOST = "127.0.0.1";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final Map<Protocol, Integer> ports;
    private final TestCertificates certificates;
    private final EmbeddedBroker broker;
    private final Admin admin;

    /** A security protocol, with the name that the broker's listener has. */
    public enum Protocol {
        PLAINTEXT,
        SASL_PLAINTEXT,
        SSL,
        SASL_SSL
    }

    private SecuredBroker(Map<Protocol, Integer> ports, TestCertificates certificates, EmbeddedBroker broker) {
        this.ports = ports;
        this.certificates = certificates;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers(Protocol.PLAINTEXT)));
    }

    /** @param directory for its data and certificates */
    public static SecuredBroker start(Path directory) throws IOException, InterruptedException {
        TestCertificates certificates = TestCertificates.generate(directory.resolve("certificates"));
        List<Integer> free = freePorts(Protocol.values().length + 1);
        Map<Protocol, Integer> ports = new HashMap<>();
        for (Protocol protocol : Protocol.values()) {
            ports.put(protocol, free.get(protocol.ordinal()));
        }
        Map<String, String> settings = settings(ports, free.get(free.size() - 1));
        settings.putAll(certificates.ofBroker());
        return new SecuredBroker(
                ports,
                certificates,
                EmbeddedBroker.start(directory.resolve("broker"), ports.get(Protocol.PLAINTEXT), settings));
    }

    private static Map<String, String> settings(Map<Protocol, Integer> ports, int controllerPort) {
        List<String> listeners = new ArrayList<>();
        List<String> protocols = new ArrayList<>(List.of("CONTROLLER:PLAINTEXT"));
        ports.forEach((protocol, port) -> {
            listeners.add(protocol + "://" + HOST + ":" + port);
            protocols.add(protocol + ":" + protocol);
        });
        String login = LOGIN + " user_" + USER + "=\"" + PASSWORD + "\";";
        return new HashMap<>(Map.ofEntries(
                Map.entry("listeners", String.join(",", listeners) + ",CONTROLLER://" + HOST + ":" + controllerPort),
                Map.entry("advertised.listeners", String.join(",", listeners)),
                Map.entry("listener.security.protocol.map", String.join(",", protocols)),
                Map.entry("controller.quorum.voters", "1@" + HOST + ":" + controllerPort),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("listener.name.sasl_plaintext.plain.sasl.jaas.config", login),
                Map.entry("listener.name.sasl_ssl.plain.sasl.jaas.config", login),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:ANONYMOUS"),
                // so that a thread that is refused is missed after seconds
                Map.entry("group.min.session.timeout.ms", "1000")));
    }

    /** Below the ephemeral ports: an outgoing connection could take one of these. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
                ports.add(socket.getLocalPort());
            } catch (BindException inUse) {
                continue;
            }
        }
        return ports;
    }

    /** May do anything. */
    public Admin admin() {
        return admin;
    }

    public TestCertificates certificates() {
        return certificates;
    }

    /** The address that speaks this protocol. */
    public String servers(Protocol protocol) {
        return HOST + ":" + ports.get(protocol);
    }

    /** What a client that logs in needs for this protocol; others it may set on top. */
    public Map<String, String> client(Protocol protocol) {
        Map<String, String> client = new HashMap<>(Map.of(
                "bootstrap.servers", servers(protocol),
                "security.protocol", protocol.name()));
        if (protocol == Protocol.SASL_PLAINTEXT || protocol == Protocol.SASL_SSL) {
            client.putAll(login(PASSWORD));
        }
        if (protocol == Protocol.SSL || protocol == Protocol.SASL_SSL) {
            client.putAll(certificates.ofClient());
        }
        return client;
    }

    /** A login with this password. */
    public static Map<String, String> login(String password) {
        return Map.of(
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + " username=\"" + USER + "\" password=\"" + password + "\";");
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        broker.close();
    }
}
