package io.sessionizer.guarantee.access;

import io.sessionizer.guarantee.access.TestCertificates.Flaw;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.TestApplication;
import io.sessionizer.quickstart.EmbeddedBroker;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/**
 * A broker with an authorizer that denies by default, and logins by SCRAM-SHA-256. It listens at a port for each security
 * protocol, and for each flaw of a certificate; who comes by PLAINTEXT may do anything.
 */
public final class SecuredBroker implements AutoCloseable {
    public static final String USER = "sessionizer";
    public static final String PASSWORD = "sessionizer-secret";

    private static final String HOST = "127.0.0.1";
    private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static final int ITERATIONS = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, Integer> ports;
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

    private SecuredBroker(Map<String, Integer> ports, TestCertificates certificates, EmbeddedBroker broker) {
        this.ports = ports;
        this.certificates = certificates;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers(Protocol.PLAINTEXT)));
    }

    /**
     * Starts it, with a user who may log in.
     *
     * @param directory for its data and certificates
     * @param flaws of certificates, each for a listener of its own
     */
    public static SecuredBroker start(Path directory, Flaw... flaws) throws IOException, InterruptedException {
        TestCertificates certificates = TestCertificates.generate(directory.resolve("certificates"), flaws);
        Map<String, Protocol> protocols = new LinkedHashMap<>();
        Stream.of(Protocol.values()).forEach(protocol -> protocols.put(protocol.name(), protocol));
        Stream.of(flaws).forEach(flaw -> protocols.put(flaw.name(), Protocol.SSL));
        List<Integer> free = freePorts(protocols.size() + 1);
        Map<String, Integer> ports = new LinkedHashMap<>();
        protocols.keySet().forEach(listener -> ports.put(listener, free.get(ports.size())));
        Map<String, String> settings = settings(protocols, ports, free.get(free.size() - 1));
        settings.putAll(certificates.ofBroker());
        Stream.of(flaws).forEach(flaw -> settings.putAll(certificates.ofListener(flaw)));
        SecuredBroker started = new SecuredBroker(
                ports,
                certificates,
                EmbeddedBroker.start(directory.resolve("broker"), ports.get(Protocol.PLAINTEXT.name()), settings));
        started.createUser();
        return started;
    }

    private static Map<String, String> settings(
            Map<String, Protocol> protocols, Map<String, Integer> ports, int controllerPort) {
        List<String> listeners = new ArrayList<>();
        List<String> map = new ArrayList<>(List.of("CONTROLLER:PLAINTEXT"));
        protocols.forEach((listener, protocol) -> {
            listeners.add(listener + "://" + HOST + ":" + ports.get(listener));
            map.add(listener + ":" + protocol);
        });
        String login = LOGIN + ";";
        return new HashMap<>(Map.ofEntries(
                Map.entry("listeners", String.join(",", listeners) + ",CONTROLLER://" + HOST + ":" + controllerPort),
                Map.entry("advertised.listeners", String.join(",", listeners)),
                Map.entry("listener.security.protocol.map", String.join(",", map)),
                Map.entry("controller.quorum.voters", "1@" + HOST + ":" + controllerPort),
                Map.entry("sasl.enabled.mechanisms", MECHANISM.mechanismName()),
                Map.entry("listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config", login),
                Map.entry("listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config", login),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:ANONYMOUS"),
                // so that a thread that is refused is missed after seconds
                Map.entry("group.min.session.timeout.ms", "1000")));
    }

    /** Returns once the user can log in. */
    private void createUser() {
        ScramCredentialInfo info = new ScramCredentialInfo(MECHANISM, ITERATIONS);
        TestApplication.await(
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, info, PASSWORD)))
                        .all());
        PollingWait.until("the broker knows the user", PATIENCE, this::canLogIn);
    }

    private boolean canLogIn() {
        try (Admin user = Admin.create(new HashMap<>(client(Protocol.SASL_PLAINTEXT)))) {
            return !user.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SaslAuthenticationException) {
                return false;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
        return servers(protocol.name());
    }

    private String servers(String listener) {
        return HOST + ":" + ports.get(listener);
    }

    /** What a client by TLS needs for the listener whose certificate has this flaw. */
    public Map<String, String> client(Flaw flaw) {
        Map<String, String> client = new HashMap<>(certificates.truststore(flaw.truststore()));
        client.put("bootstrap.servers", servers(flaw.name()));
        client.put("security.protocol", Protocol.SSL.name());
        return client;
    }

    /** What a client that logs in needs for this protocol; others it may set on top. */
    public Map<String, String> client(Protocol protocol) {
        Map<String, String> client = new HashMap<>(Map.of(
                "bootstrap.servers", servers(protocol),
                "security.protocol", protocol.name()));
        if (protocol == Protocol.SASL_PLAINTEXT || protocol == Protocol.SASL_SSL) {
            client.putAll(login(USER, PASSWORD));
        }
        if (protocol == Protocol.SSL || protocol == Protocol.SASL_SSL) {
            client.putAll(certificates.ofClient());
        }
        return client;
    }

    /** A login by the mechanism that is enabled. */
    public static Map<String, String> login(String user, String password) {
        return Map.of(
                "sasl.mechanism",
                MECHANISM.mechanismName(),
                "sasl.jaas.config",
                LOGIN + " username=\"" + user + "\" password=\"" + password + "\";");
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        broker.close();
    }
}
