package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server treats requests, good and bad, whatever they are about. */
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

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/profiles, text/html; charset=utf-8",
        "/profiles/user-42, text/html; charset=utf-8",
        "/settings, text/html; charset=utf-8",
        "/assets/page.css, text/css; charset=utf-8",
        "/assets/board.js, text/javascript; charset=utf-8",
        "/assets/icon.svg, image/svg+xml",
        "/webjars/chart.js, text/javascript; charset=utf-8",
        "/api/board, application/json",
        "/api/zones, application/json",
        "/api/settings, application/json",
        "/api/openapi.yaml, application/yaml",
        "/health/live, application/json",
        "/health/ready, application/json",
        "/metrics, text/plain; version=0.0.4"
    })
    void servesEachRoute(String target, String type) throws Exception {
        RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", target);

        assertEquals(200, response.status());
        assertEquals(type, response.header("content-type"));
        assertFalse(response.body().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/page.css", "/api/board", "/health/ready", "/nowhere", "/api/nowhere"})
    void respondsToHeadAsToGet_withoutTheBody(String target) throws Exception {
        RawHttpClient.RawResponse get = RawHttpClient.send(instance, "GET", target);
        RawHttpClient.RawResponse head = RawHttpClient.send(instance, "HEAD", target);

        assertEquals(get.status(), head.status());
        assertEquals(get.header("content-length"), head.header("content-length"));
        assertEquals(get.header("content-type"), head.header("content-type"));
        assertEquals("", head.body());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /, 'GET, HEAD'",
        "POST, /api/board, 'GET, HEAD'",
        "OPTIONS, /api/profiles/a, 'DELETE, GET, HEAD'",
        "PATCH, /api/profiles, 'DELETE, GET, HEAD'",
        "GET, /api/settings/tracking, PUT",
        "TRACE, /metrics, 'GET, HEAD'",
        "FOO, /settings, 'GET, HEAD'"
    })
    void namesTheMethods_whereAnotherIsAskedFor(String method, String target, String allowed) throws Exception {
        RawHttpClient.RawResponse response = RawHttpClient.send(instance, method, target);

        assertEquals(405, response.status());
        assertEquals(allowed, response.header("allow"));
    }

    @Test
    void respondsNotFound_asHtmlOrJsonByPath() throws Exception {
        for (String target :
                new String[] {"/nowhere", "//", "/index.html", "/board.html", "/profiles/", "/assets/", "/API/board"}) {
            RawHttpClient.RawResponse page = RawHttpClient.send(instance, "GET", target);
            assertEquals(404, page.status(), target);
            assertEquals("text/html; charset=utf-8", page.header("content-type"), target);
        }
        for (String target :
                new String[] {"/api", "/api/", "/api/nowhere", "/api/board/", "/api//board", "/api/profiles/"}) {
            RawHttpClient.RawResponse json = RawHttpClient.send(instance, "GET", target);
            assertEquals(404, json.status(), target);
            assertTrue(json.body().startsWith("{\"error\":"), target);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/assets/page.css", "/api/board", "/nowhere", "/api/profiles/%ff", "/api/profiles/unknown"})
    void addsSecurityHeadersToEveryResponse(String target) throws Exception {
        assertSecurityHeaders(RawHttpClient.send(instance, "GET", target));
    }

    private static void assertSecurityHeaders(RawHttpClient.RawResponse response) {
        assertTrue(response.header("content-security-policy").startsWith("default-src 'none'; script-src 'self';"));
        assertEquals("nosniff", response.header("x-content-type-options"));
        assertEquals("no-referrer", response.header("referrer-policy"));
        assertEquals("same-origin", response.header("cross-origin-opener-policy"));
        assertEquals("same-origin", response.header("cross-origin-resource-policy"));
        assertEquals("", response.header("server"));
        assertEquals("", response.header("access-control-allow-origin"));
        assertTrue(response.header("cache-control").matches("no-store|no-cache"), response.header("cache-control"));
    }

    @Test
    void sendsAFileAgainOnlyWhereItHasChanged() throws Exception {
        String tag = RawHttpClient.send(instance, "GET", "/assets/page.css").header("etag");

        for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
            RawHttpClient.RawResponse response =
                    RawHttpClient.send(instance, "GET", "/assets/page.css", "If-None-Match: " + known);
            assertEquals(304, response.status(), known);
            assertEquals("", response.body());
            assertEquals(tag, response.header("etag"));
        }
        assertEquals(
                200,
                RawHttpClient.send(instance, "GET", "/assets/page.css", "If-None-Match: \"x\"")
                        .status());
    }

    @Test
    void rejectsRequestsThatAreTooLarge() throws Exception {
        RawHttpClient.RawResponse headers = RawHttpClient.send(instance, "GET", "/", "X: " + "x".repeat(40_000));
        RawHttpClient.RawResponse target = RawHttpClient.send(instance, "GET", "/" + "x".repeat(40_000));
        RawHttpClient.RawResponse body = RawHttpClient.sendBody(
                instance,
                "PUT",
                "/api/settings/tracking",
                "{" + " ".repeat(5_000) + "}",
                "Content-Type: application/json");
        RawHttpClient.RawResponse chunks = RawHttpClient.raw(
                instance,
                "PUT /api/settings/tracking HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1388\r\n" + " ".repeat(5_000)
                        + "\r\n0\r\n\r\n");

        assertEquals(431, headers.status());
        assertEquals(414, target.status());
        assertEquals(413, body.status());
        assertEquals(413, chunks.status());
        for (RawHttpClient.RawResponse response : new RawHttpClient.RawResponse[] {headers, target, body, chunks}) {
            assertTrue(response.body().startsWith("{\"error\":"), response.body());
            assertSecurityHeaders(response);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /\r\n\r\n"
            })
    void rejectsMalformedHttp(String request) throws Exception {
        RawHttpClient.RawResponse response = RawHttpClient.raw(instance, request);

        assertTrue(response.status() == 400 || response.status() == 505, response.toString());
        assertTrue(response.body().startsWith("{\"error\":"), response.body());
        assertSecurityHeaders(response);
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
    void releasesItsPort_whenItHasNeverServed() throws Exception {
        WebServer never = WebServer.listen(new HttpSettings("localhost", 0, Optional.empty(), ZoneId.of("UTC")));
        int port = never.port();

        never.close();

        TestServer.at("localhost", port).close();
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
    void revealsNoInternals_whenItFails() throws Exception {
        instance.metrics = () -> {
            throw new IllegalStateException("secret internals");
        };

        RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", "/metrics");

        assertEquals(500, response.status());
        assertEquals("{\"error\":\"The service failed on this request; its log has more.\"}", response.body());
        assertSecurityHeaders(response);
    }

    @Test
    void saysWhetherItIsReady() throws Exception {
        instance.ready.set(false);

        assertEquals(503, RawHttpClient.send(instance, "GET", "/health/ready").status());
        assertEquals(200, RawHttpClient.send(instance, "GET", "/health/live").status());
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
    void endsAResponse_whateverIsThrown() throws Exception {
        instance.tracking.set(true);
        instance.switching = () -> {
            throw new StackOverflowError();
        };

        RawHttpClient.RawResponse response = RawHttpClient.sendBody(
                instance, "PUT", "/api/settings/tracking", "{\"active\":false}", "Content-Type: application/json");

        assertEquals(500, response.status());
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
