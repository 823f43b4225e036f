package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.access.SecuredBroker.Protocol;
import io.sessionizer.guarantee.access.TestCertificates.Flaw;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.kafka.access.BrokerConnection;
import io.sessionizer.kafka.config.CannotStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login or certificate that is refused, and settings that do not fit the port: one line within seconds, with the cause. */
class RefusedConnectionIsExplained {
    private static final long STARTUP_TIMEOUT_MS = 40_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static SecuredBroker broker;
    private static Path directory;

    @BeforeAll
    static void start(@TempDir Path shared) throws Exception {
        directory = shared;
        broker = SecuredBroker.start(shared, Flaw.values());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void connectsByEachProtocol() throws Exception {
        for (Protocol protocol : Protocol.values()) {
            try (Admin admin = connect(protocol, Map.of())) {
                assertEquals(1, admin.describeCluster().nodes().get().size());
            }
        }
    }

    @Test
    void namesTheProtocolThatThePortSpeaks() {
        for (Protocol configured : Protocol.values()) {
            for (Protocol spoken : Protocol.values()) {
                if (configured != spoken) {
                    assertEquals(
                            "security.protocol: must be that of the brokers' port. Found: " + configured + ", and "
                                    + broker.servers(spoken) + " speaks " + spoken,
                            refusal(configured, Map.of("bootstrap.servers", broker.servers(spoken))));
                }
            }
        }
    }

    @Test
    void namesTheMechanismsThatAreEnabled() {
        for (String mechanism : List.of("SCRAM-SHA-512", "PLAIN")) {
            String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            for (Protocol protocol : List.of(Protocol.SASL_SSL, Protocol.SASL_PLAINTEXT)) {
                assertEquals(
                        "sasl.mechanism: must be one that the broker at " + broker.servers(protocol)
                                + " has enabled, SCRAM-SHA-256. Found: " + mechanism,
                        refusal(
                                protocol,
                                Map.of(
                                        "sasl.mechanism",
                                        mechanism,
                                        "sasl.jaas.config",
                                        "org.apache.kafka.common.security." + module
                                                + " required username=\"u\" password=\"p\";")));
            }
        }
    }

    @Test
    void explainsALoginThatIsRefused() {
        for (Map<String, String> login : List.of(
                SecuredBroker.login(SecuredBroker.USER, "wrong"),
                SecuredBroker.login("stranger", SecuredBroker.PASSWORD))) {
            assertEquals(
                    "sasl.jaas.config: the broker must accept the login. Found: Authentication failed during"
                            + " authentication due to invalid credentials with SASL mechanism SCRAM-SHA-256",
                    refusal(Protocol.SASL_SSL, login));
        }
    }

    @Test
    void explainsACertificateThatIsNotTrusted() {
        assertUntrusted(
                "unable to find valid certification path",
                refusal(Protocol.SASL_SSL, broker.certificates().truststore("trust-stranger.p12")));
        assertUntrusted("NotAfter: ", refusal(Protocol.SSL, broker.client(Flaw.EXPIRED)));
        assertUntrusted(
                "No subject alternative names matching IP address 127.0.0.1 found",
                refusal(Protocol.SSL, broker.client(Flaw.MISNAMED)));
    }

    private static void assertUntrusted(String cause, String line) {
        assertTrue(line.startsWith("ssl.truststore.location: the broker's certificate must be trusted"), line);
        assertTrue(line.contains(cause), line);
    }

    @Test
    void explainsATruststoreThatCannotBeOpened() throws Exception {
        String file = broker.certificates().file("trust-broker.p12");
        String pem = broker.certificates().file("broker.pem");
        String missing = broker.certificates().file("none.p12");
        Path garbage = Files.writeString(directory.resolve("garbage.pem"), "no certificate");
        assertUnusable(Map.of("ssl.truststore.password", "wrong-secret"), file, "password was incorrect");
        assertUnusable(Map.of("ssl.truststore.location", missing), missing, "No such file");
        assertUnusable(Map.of("ssl.truststore.type", "JCEKS"), file, "JCEKS", "Invalid keystore format");
        assertUnusable(Map.of("ssl.truststore.type", "BOUND"), "BOUND not found");
        assertUnusable(
                Map.of("ssl.truststore.type", "PEM", "ssl.truststore.location", pem),
                "trust store password cannot be specified for PEM format");
        assertUnusable(
                Map.of(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        garbage.toString(),
                        "ssl.truststore.password",
                        ""),
                garbage.toString(),
                "No matching CERTIFICATE entries in PEM file");
    }

    private static void assertUnusable(Map<String, String> settings, String... causes) {
        String line = refusal(Protocol.SSL, settings);
        assertTrue(line.startsWith("security.protocol: Kafka's client must be able to use the settings of TLS"), line);
        for (String cause : causes) {
            assertTrue(line.contains(cause), () -> line + " must contain " + cause);
        }
        assertFalse(line.contains("wrong-secret"), line);
        assertFalse(line.contains(TestCertificates.PASSWORD), line);
    }

    /** In a process of its own, with the log's configuration of the jar. */
    @Test
    void saysNothingElse() throws Exception {
        Map<String, String> missing =
                Map.of("ssl.truststore.location", broker.certificates().file("none.p12"));
        saysNothingElse("password", SecuredBroker.login(SecuredBroker.USER, "wrong"), "sasl.jaas.config: ");
        saysNothingElse("truststore", missing, "security.protocol: ");
        saysNothingElse("expired", broker.client(Flaw.EXPIRED), "ssl.truststore.location: ");
        // its client would take a TLS alert for an answer of 352 MB
        saysNothingElse("protocol", Map.of("security.protocol", "PLAINTEXT"), "security.protocol: ");
    }

    private static void saysNothingElse(String name, Map<String, String> settings, String key) throws Exception {
        Map<String, String> all = new HashMap<>(broker.client(Protocol.SASL_SSL));
        all.put("application.id", name);
        all.putAll(settings);
        try (ServiceProcess service = new ServiceProcess("refused-" + name, directory, all).withHeap(256)) {
            service.start();
            assertEquals(1, service.awaitExit(PATIENCE));
            List<String> lines = service.log()
                    .lines()
                    .filter(line -> !line.contains(" INFO "))
                    .toList();
            assertEquals(1, lines.size(), service::log);
            assertTrue(lines.get(0).startsWith("sessionizer: cannot start: " + key), lines::toString);
        }
    }

    private static String refusal(Protocol protocol, Map<String, String> settings) {
        long started = System.nanoTime();
        String line = assertThrows(CannotStartException.class, () -> connect(protocol, settings))
                .getMessage();
        long tookMs = (System.nanoTime() - started) / 1_000_000;
        assertTrue(tookMs < STARTUP_TIMEOUT_MS / 2, () -> "it took " + tookMs + " ms: " + line);
        assertEquals(1, line.lines().count(), line);
        return line;
    }

    private static Admin connect(Protocol protocol, Map<String, String> settings) throws Exception {
        Map<String, Object> all = new HashMap<>(broker.client(protocol));
        all.putAll(settings);
        // not set
        all.values().removeIf(""::equals);
        String servers = (String) all.get("bootstrap.servers");
        return new BrokerConnection(List.of(servers), STARTUP_TIMEOUT_MS).await(all);
    }
}
