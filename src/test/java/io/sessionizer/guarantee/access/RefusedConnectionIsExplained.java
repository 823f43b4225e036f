package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.access.SecuredBroker.Protocol;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.kafka.access.BrokerConnection;
import io.sessionizer.kafka.config.CannotStartException;
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
        broker = SecuredBroker.start(shared);
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
        assertEquals(
                "sasl.mechanism: must be one that the broker at " + broker.servers(Protocol.SASL_SSL)
                        + " has enabled, PLAIN. Found: SCRAM-SHA-256",
                refusal(
                        Protocol.SASL_SSL,
                        Map.of(
                                "sasl.mechanism",
                                "SCRAM-SHA-256",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\""
                                        + " password=\"p\";")));
    }

    @Test
    void explainsALoginThatIsRefused() {
        assertEquals(
                "sasl.jaas.config: the broker must accept the login. Found: Authentication failed: Invalid username or"
                        + " password",
                refusal(Protocol.SASL_SSL, SecuredBroker.login("wrong")));
    }

    @Test
    void explainsACertificateThatIsNotTrusted() {
        String line = refusal(Protocol.SASL_SSL, broker.certificates().truststore("trust-stranger.p12"));
        assertTrue(line.startsWith("ssl.truststore.location: the broker's certificate must be trusted"), line);
        assertTrue(line.contains("unable to find valid certification path"), line);
    }

    @Test
    void explainsATruststoreThatCannotBeOpened() {
        String file = broker.certificates().file("trust-broker.p12");
        String wrongPassword = refusal(Protocol.SSL, Map.of("ssl.truststore.password", "wrong-secret"));
        assertTrue(wrongPassword.startsWith("security.protocol: Kafka's client must be able to use"), wrongPassword);
        assertTrue(wrongPassword.contains(file) && wrongPassword.contains("password was incorrect"), wrongPassword);
        assertFalse(wrongPassword.contains("wrong-secret"), wrongPassword);

        String missing = broker.certificates().file("none.p12");
        String noFile = refusal(Protocol.SSL, Map.of("ssl.truststore.location", missing));
        assertTrue(noFile.contains(missing), noFile);

        String pem = refusal(
                Protocol.SSL,
                Map.of(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        broker.certificates().file("broker.pem"),
                        "ssl.truststore.password",
                        TestCertificates.PASSWORD));
        assertTrue(pem.contains("PEM"), pem);
        assertFalse(pem.contains(TestCertificates.PASSWORD), pem);
    }

    /** In a process of its own, with the log's configuration of the jar. */
    @Test
    void saysNothingElse() throws Exception {
        saysNothingElse("password", SecuredBroker.login("wrong"), "sasl.jaas.config: ");
        saysNothingElse(
                "truststore",
                Map.of("ssl.truststore.location", broker.certificates().file("none.p12")),
                "security.protocol: ");
        saysNothingElse(
                "protocol", Map.of("security.protocol", "PLAINTEXT", "sasl.mechanism", "PLAIN"), "security.protocol: ");
    }

    private static void saysNothingElse(String name, Map<String, String> settings, String key) throws Exception {
        Map<String, String> all = new HashMap<>(broker.client(Protocol.SASL_SSL));
        all.put("application.id", name);
        all.putAll(settings);
        try (ServiceProcess service = new ServiceProcess("refused-" + name, directory, all)) {
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
        String servers = (String) all.get("bootstrap.servers");
        return new BrokerConnection(List.of(servers), STARTUP_TIMEOUT_MS).await(all);
    }
}
