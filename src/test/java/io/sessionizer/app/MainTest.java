package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.app.config.ConfigKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MainTest {
    @TempDir
    Path directory;

    @Test
    void printsTheVersion() throws Exception {
        try (ChildProcess child = main(Map.of(), "--version")) {
            assertTrue(child.output(0).matches("sessionizer \\d+\\.\\d+\\.\\d+\\S*\\s+"));
            assertEquals(List.of(), child.errorLines());
        }
    }

    @Test
    void helpsWithEveryKey() throws Exception {
        try (ChildProcess child = main(Map.of(), "--help")) {
            String help = child.output(0);
            for (ConfigKey key : ConfigKey.values()) {
                assertTrue(help.contains("\n  " + key.key()), key.key());
                assertTrue(help.contains(key.doc()), key.key());
            }
        }
    }

    @Test
    void refusesAnUnknownCommandWithALineAndAHint() throws Exception {
        try (ChildProcess child = main(Map.of(), "go")) {
            assertEquals("", child.output(2));
            assertEquals(
                    List.of("command: must be run, check, --help or --version. Found: go", "Try --help."),
                    child.errorLines());
        }
    }

    @Test
    void refusesABadConfigurationWithALineEach() throws Exception {
        Path file = Files.writeString(directory.resolve("bad"), "user.from=header\nssl.key.pasword=hunter2\n");
        try (ChildProcess child = main(Map.of("SESSIONIZER_IDLE_AFTER_MS", "0"), "run", "--config", file.toString())) {
            assertEquals("", child.output(2));
            assertEquals(
                    List.of(
                            "ssl.key.pasword: is not a setting, the nearest is ssl.key.password. Found: [hidden]",
                            "bootstrap.servers: is required, as host:port, or several separated by commas."
                                    + " Found: nothing",
                            "user.from: must be key or payload. Found: header",
                            "SESSIONIZER_IDLE_AFTER_MS: must be 1 to 31622400000. Found: 0"),
                    child.errorLines());
        }
    }

    /** Of a secret, too, it shows the reference, and Kafka's providers log nothing besides. */
    @Test
    void refusesReferencesThatCannotBeResolved() throws Exception {
        Path none = directory.resolve("none.properties");
        Path secrets = Files.writeString(directory.resolve("secrets.properties"), "token=hunter2\n");
        Path file = Files.writeString(directory.resolve("references"), """
                bootstrap.servers=localhost:9092
                http.token=${file:%s:token}
                ssl.truststore.password=${file:%s:password}
                sasl.jaas.config=org.example.Login required password="${vault:login:password}";
                ssl.key.password=${vault:key:password}
                config.providers=vault
                config.providers.vault.class=org.example.NoProvider
                """.formatted(none, secrets));
        try (ChildProcess child = main(Map.of(), "run", "--config", file.toString())) {
            assertEquals("", child.output(2));
            assertEquals(
                    List.of(
                            "http.token: must refer to a value that the config provider can read. Found: ${file:" + none
                                    + ":token}",
                            "config.providers.vault.class: must be the class of a config provider that accepts its"
                                    + " parameters. Found: org.example.NoProvider",
                            "ssl.truststore.password: must refer to a value of the config provider. Found: ${file:"
                                    + secrets + ":password}"),
                    child.errorLines());
        }
    }

    @Test
    void explainsAFailedStartInOneLine() throws Exception {
        Map<String, String> environment = Map.of(
                "SESSIONIZER_BOOTSTRAP_SERVERS",
                "localhost:" + unusedPort(),
                "SESSIONIZER_STATE_DIR",
                directory.resolve("state").toString(),
                "SESSIONIZER_STARTUP_TIMEOUT_MS",
                "500",
                "SESSIONIZER_HTTP_PORT",
                "0");
        try (ChildProcess child = main(environment, "run")) {
            String log = child.output(1);

            assertEquals(1, child.errorLines().size(), () -> child.errorLines().toString());
            assertTrue(
                    child.errorLines().get(0).startsWith("sessionizer: "),
                    () -> child.errorLines().toString());
            assertFalse(log.contains("\tat "), log);
        }
    }

    @Test
    void reportsAPortInUseInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            Map<String, String> environment = Map.of(
                    "SESSIONIZER_BOOTSTRAP_SERVERS",
                    "localhost:" + unusedPort(),
                    "SESSIONIZER_HTTP_HOST",
                    "127.0.0.1",
                    "SESSIONIZER_HTTP_PORT",
                    port);
            try (ChildProcess child = main(environment, "run")) {
                child.output(1);
                assertEquals(
                        List.of("sessionizer: cannot start: http.port: must be a free port of http.host, here"
                                + " 127.0.0.1. Found: " + port),
                        child.errorLines());
            }
        }
    }

    @Test
    void answersProbesWhileItStarts() throws Exception {
        int port = unusedPort();
        Map<String, String> environment = Map.of(
                "SESSIONIZER_BOOTSTRAP_SERVERS", "localhost:" + unusedPort(),
                "SESSIONIZER_STATE_DIR", directory.resolve("state").toString(),
                "SESSIONIZER_HTTP_PORT", Integer.toString(port));
        try (ChildProcess child = main(environment, "run")) {
            child.awaitOutput("Session Board at http://localhost:" + port);
            HttpClient client = HttpClient.newHttpClient();
            assertEquals(200, status(client, port, "/health/live"));
            assertEquals(503, status(client, port, "/health/ready"));
            assertEquals(200, status(client, port, "/api/board"));
            assertEquals(200, status(client, port, "/metrics"));
            assertEquals(503, status(client, port, "/api/profiles/somebody"));
            child.terminate();
            child.output(0);
        }
    }

    private static int status(HttpClient client, int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private ChildProcess main(Map<String, String> environment, String... arguments) throws IOException {
        return ChildProcess.start(directory, environment, Main.class, arguments);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
