package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change anything, and by which words. */
class ChangeRequestsTest {
    private static final String JSON = "Content-Type: application/json";
    private static final String OFF = "{\"active\":false}";
    private static TestServer open;
    private static TestServer closed;

    @BeforeAll
    static void start() {
        open = TestServer.open();
        closed = TestServer.withToken();
    }

    @AfterAll
    static void stop() {
        open.close();
        closed.close();
    }

    @BeforeEach
    void asNew() {
        for (TestServer instance : List.of(open, closed)) {
            instance.tracking.set(true);
            instance.erased.clear();
        }
    }

    @Test
    void switchesTracking_fromLocalhostWithoutAToken() throws Exception {
        RawHttpClient.RawResponse response = switchOff(open);

        assertEquals(200, response.status());
        assertEquals(OFF, response.body());
        assertFalse(open.tracking.get());
        assertFalse(json(open, "/api/board").get("tracking").booleanValue());
        assertFalse(json(open, "/api/settings").at("/tracking/active").booleanValue());
    }

    @Test
    void switchesTracking_withTheToken() throws Exception {
        RawHttpClient.RawResponse response = switchOff(
                closed,
                "Authorization: bearer " + TestServer.TOKEN,
                "Host: board.example",
                "X-Forwarded-For: 192.0.2.1");

        assertEquals(200, response.status());
        assertFalse(closed.tracking.get());
    }

    @Test
    void submitsAnErasure() throws Exception {
        RawHttpClient.RawResponse inPath = RawHttpClient.send(open, "DELETE", "/api/profiles/a%2Fb");
        RawHttpClient.RawResponse inQuery = RawHttpClient.send(open, "DELETE", "/api/profiles?user=..");

        assertEquals(202, inPath.status());
        assertEquals("{\"user\":\"a/b\"}", inPath.body());
        assertEquals(202, inQuery.status());
        assertEquals(List.of("a/b", ".."), open.erased);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer",
                "Authorization: Bearer wrong-but-long-enough",
                "Authorization: Bearer a-token-of-some-lengt",
                "Authorization: Bearer a-token-of-some-lengthh",
                "Authorization: Basic a-token-of-some-length",
                "Authorization: a-token-of-some-length"
            })
    void rejectsRequestsWithoutTheToken(String header) throws Exception {
        RawHttpClient.RawResponse response = header.isEmpty() ? switchOff(closed) : switchOff(closed, header);

        assertEquals(401, response.status());
        assertEquals("Bearer", response.header("www-authenticate"));
        assertTrue(closed.tracking.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost",
                "Origin: http://localhost:1",
                "Origin: http://localhost:8080.evil.example",
                "Origin: file://"
            })
    void rejectsPagesOfOtherSites_evenWithTheToken(String header) throws Exception {
        assertEquals(403, switchOff(open, header).status());
        assertEquals(
                403,
                switchOff(closed, header, "Authorization: Bearer " + TestServer.TOKEN)
                        .status());
        assertEquals(
                403,
                RawHttpClient.send(open, "DELETE", "/api/profiles/a", header).status());
        assertTrue(open.tracking.get());
        assertTrue(closed.tracking.get());
        assertEquals(List.of(), open.erased);
    }

    @Test
    void acceptsItsOwnPages() throws Exception {
        assertEquals(
                200,
                switchOff(open, "Sec-Fetch-Site: same-origin", "Origin: http://" + open.authority())
                        .status());
        assertEquals(
                200,
                switchOff(
                                closed,
                                "Origin: https://board.example",
                                "Host: board.example",
                                "Authorization: Bearer " + TestServer.TOKEN)
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:8080",
                "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: 192.168.0.1",
                "Host: [::2]",
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-Host: board.example",
                "Forwarded: for=192.0.2.1",
                "Via: 1.1 proxy",
                "Sessionizer-Hop: 1"
            })
    void rejectsRemoteRequests_whenNoTokenIsConfigured(String header) throws Exception {
        assertEquals(403, switchOff(open, header).status());
        assertTrue(open.tracking.get());
        RawHttpClient.RawResponse settings = RawHttpClient.send(open, "GET", "/api/settings", header);
        if (settings.status() == 403) {
            return;
        }
        JsonNode changes = new ObjectMapper().readTree(settings.body()).get("changes");
        assertFalse(changes.get("allowed").booleanValue());
        assertFalse(changes.get("why").textValue().isEmpty());
    }

    /** As of nginx, which passes on requests as HTTP/1.0, and adds no header of its own accord. */
    @Test
    void rejectsRequestsOfHttp10_whenNoTokenIsConfigured() throws Exception {
        for (TestServer instance : List.of(open, closed)) {
            String request = "DELETE /api/profiles/u HTTP/1.0\r\nHost: " + instance.authority() + "\r\n";
            assertEquals(
                    instance == open ? 403 : 202,
                    RawHttpClient.raw(instance, request + "Authorization: Bearer " + TestServer.TOKEN + "\r\n\r\n")
                            .status());
        }
        assertEquals(List.of(), open.erased);
        assertEquals(
                200,
                RawHttpClient.raw(open, "GET /api/settings HTTP/1.0\r\nHost: localhost\r\n\r\n")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.9.9.9", "[::1]", "[::1]:8080"})
    void acceptsThisMachinesOwnNames(String host) throws Exception {
        assertEquals(200, switchOff(open, "Host: " + host).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "true",
                "[]",
                "{\"active\":\"false\"}",
                "{\"active\":0}",
                "{\"active\":null}",
                "{\"active\":false,\"more\":1}",
                "{\"active\":false}{}",
                "{\"active\":false} x",
                "{\"Active\":false}",
                "{active:false}",
                "{'active':false}",
                "{\"active\":true,\"active\":false}",
                "{\"active\":false",
                "\u00ff",
                "{\"active\":{\"active\":false}}"
            })
    void rejectsAnyBodyButASwitch(String body) throws Exception {
        RawHttpClient.RawResponse response = RawHttpClient.sendBody(open, "PUT", "/api/settings/tracking", body, JSON);

        assertEquals(400, response.status(), response.body());
        assertTrue(open.tracking.get());
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: text/plain, 415",
        "Content-Type: application/x-www-form-urlencoded, 415",
        "Content-Type: application/jsonx, 415",
        "X: y, 415",
        "Content-Type: application/json; charset=utf-8, 200",
        "Content-Type: Application/JSON, 200"
    })
    void rejectsAnyMediaTypeButJson(String header, int status) throws Exception {
        assertEquals(
                status,
                RawHttpClient.sendBody(open, "PUT", "/api/settings/tracking", OFF, header)
                        .status());
    }

    @Test
    void reportsWhatACallerMayChange() throws Exception {
        JsonNode free = json(open, "/api/settings").get("changes");
        JsonNode guarded = json(closed, "/api/settings").get("changes");

        assertEquals("{\"allowed\":true,\"needsToken\":false,\"why\":\"\"}", free.toString());
        assertEquals("{\"allowed\":true,\"needsToken\":true,\"why\":\"\"}", guarded.toString());
    }

    private static RawHttpClient.RawResponse switchOff(TestServer instance, String... headers) throws Exception {
        String[] all = new String[headers.length + 1];
        all[0] = JSON;
        System.arraycopy(headers, 0, all, 1, headers.length);
        return RawHttpClient.sendBody(instance, "PUT", "/api/settings/tracking", OFF, all);
    }

    private static JsonNode json(TestServer instance, String target) throws Exception {
        return new ObjectMapper()
                .readTree(RawHttpClient.send(instance, "GET", target).body());
    }
}
