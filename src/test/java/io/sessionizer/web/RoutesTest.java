package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served at which path, and by which methods. */
@Timeout(60)
class RoutesTest {
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
    void saysWhetherItIsReady() throws Exception {
        instance.ready.set(false);

        assertEquals(503, RawHttpClient.send(instance, "GET", "/health/ready").status());
        assertEquals(200, RawHttpClient.send(instance, "GET", "/health/live").status());
    }

    @Test
    void namesTheProblemOfAProbe() throws Exception {
        instance.alive.set(false);
        RawHttpClient.RawResponse live = RawHttpClient.send(instance, "GET", "/health/live");
        assertEquals(503, live.status());
        assertEquals("{\"error\":\"Stream thread(s) have not moved for a minute: stream-1.\"}", live.body());
    }
}
