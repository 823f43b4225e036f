package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers of every response, and the responses to bad requests and failures. */
@Timeout(60)
class ResponsesTest {
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
    void revealsNoInternals_whenItFails() throws Exception {
        instance.metrics = () -> {
            throw new IllegalStateException("secret internals");
        };

        RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", "/metrics");

        assertEquals(500, response.status());
        assertEquals(
                "{\"error\":\"The service failed to process this request. Its log has the details.\"}",
                response.body());
        assertSecurityHeaders(response);
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
}
