package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.web.access.AccessSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server listens, treats connections, and stops. */
@Timeout(60)
class WebServerTest {
    private TestServer instance;

    @BeforeEach
    void start() {
        instance = TestServer.open();
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void speaksHttp1Only() throws Exception {
        RawHttpClient.RawResponse h2c = RawHttpClient.send(
                instance,
                "GET",
                "/health/live",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABk");
        assertEquals(200, h2c.status());
        assertTrue(
                RawHttpClient.raw(instance, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status() >= 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /api/board HTTP/1.1\r\nHost: localh"})
    @Execution(ExecutionMode.CONCURRENT)
    void closesAnIdleConnection(String begin) throws Exception {
        try (Socket socket = new Socket("localhost", instance.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            // reads to the end, or fails after the timeout
            in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/board HTTP/1.1\r\nHost: localhost\r\nX: ",
                "PUT /api/settings/tracking HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 4000\r\n\r\n{"
            })
    @Execution(ExecutionMode.CONCURRENT)
    void closesAConnectionThatSendsItsRequestTooSlowly(String begin) throws Exception {
        try (Socket socket = new Socket("localhost", instance.port())) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            while (!isClosedAfterAnotherByte(socket)) {
                assertTrue(System.nanoTime() - start < Duration.ofSeconds(40).toNanos(), "still open");
            }
        }
    }

    private static boolean isClosedAfterAnotherByte(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(' ');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void keepsAConnectionAlive() throws Exception {
        try (Socket socket = new Socket("localhost", instance.port())) {
            String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
            socket.getOutputStream()
                    .write((request + "\r\n" + request + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String both = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(2, both.split("HTTP/1.1 200", -1).length - 1, both);
        }
    }

    @Test
    void reportsAPortInUseInOneLine() {
        CannotListenException exception =
                assertThrows(CannotListenException.class, () -> TestServer.at("localhost", instance.port()));

        assertEquals(
                "http.port: must be a free port of http.host, here localhost. Found: " + instance.port(),
                exception.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no-such-host.invalid"})
    void reportsAForeignHostInOneLine(String host) {
        CannotListenException exception = assertThrows(CannotListenException.class, () -> TestServer.at(host, 0));

        assertEquals("http.host: must be a name or address of this machine. Found: " + host, exception.getMessage());
    }

    @Test
    void releasesItsPort_whenItHasNeverServed() throws Exception {
        WebServer never = WebServer.listen(TestServer.settings(AccessSettings.DEFAULT));
        int port = never.port();

        never.close();

        TestServer.at("localhost", port).close();
    }

    @Test
    void stopsWithinTwoSeconds_despiteOpenConnections() throws Exception {
        int port = instance.port();
        try (Socket idle = new Socket("localhost", port)) {
            assertTimeout(Duration.ofSeconds(2), instance::close);
            assertThrows(IOException.class, () -> {
                idle.setSoTimeout(5_000);
                if (idle.getInputStream().read() < 0) {
                    throw new SocketException("closed");
                }
            });
        }
        assertThrows(ConnectException.class, () -> new Socket("localhost", port).close());
    }
}
