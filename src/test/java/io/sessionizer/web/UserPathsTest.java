package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.web.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text names a user, and only itself; one with a NUL can only be in the query. */
class UserPathsTest {
    private static TestServer instance;

    @BeforeAll
    static void start() {
        instance = TestServer.open();
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user-42",
                "a/b",
                "a//b",
                "/",
                "//",
                "..",
                ".",
                "../../etc/passwd",
                "a;b=c",
                "a\\b",
                "a%b",
                "%2F",
                "a?b#c",
                "a b ",
                "  ",
                "a+b",
                "a&user=c",
                "<script>alert(1)</script>",
                "\r\nX: y",
                "\u007f\u0080",
                "é",
                "日本語",
                "😀",
                "\uFFFD",
                "\u202Etxt",
                "\"'`{}[]|^~",
                "openapi.yaml"
            })
    void findsTheUser_whateverBytesItsNameHas(String user) throws Exception {
        instance.holding(user, 0, 10);
        String encoded = PercentEncoding.encode(user.getBytes(StandardCharsets.UTF_8));

        for (String target : new String[] {"/api/profiles/" + encoded, "/api/profiles?user=" + encoded}) {
            RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", target);
            assertEquals(200, response.status(), target + response.body());
            assertEquals(
                    user,
                    new ObjectMapper().readTree(response.body()).get("user").textValue(),
                    target);
        }
        assertEquals(
                200, RawHttpClient.send(instance, "GET", "/profiles/" + encoded).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "a\0", "\0\0"})
    void findsAUserWithANul_inTheQueryAlone(String user) throws Exception {
        instance.holding(user, 0, 10);
        String encoded = PercentEncoding.encode(user.getBytes(StandardCharsets.UTF_8));

        RawHttpClient.RawResponse found = RawHttpClient.send(instance, "GET", "/api/profiles?user=" + encoded);
        assertEquals(200, found.status(), found.body());
        assertEquals(user, new ObjectMapper().readTree(found.body()).get("user").textValue());
        assertEquals(
                200,
                RawHttpClient.send(instance, "GET", "/profiles?user=" + encoded).status());
        assertEquals(
                202,
                RawHttpClient.send(instance, "DELETE", "/api/profiles?user=" + encoded)
                        .status());
        for (String path : new String[] {"/api/profiles/", "/profiles/", "/assets/page.css", "/"}) {
            RawHttpClient.RawResponse refused = RawHttpClient.send(instance, "GET", path + encoded);
            assertEquals(400, refused.status(), path + refused.body());
            assertEquals("application/json", refused.header("content-type"), path);
            assertTrue(refused.body().startsWith("{\"error\":"), refused.body());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "a//b", "//", "a;b=c", "a/../b", "./a", "..", "a+b", "a/", "é", "日本", "a:b@c!$'()*,="})
    void takesAPathAsItIsSent_andResolvesNothing(String user) throws Exception {
        instance.holding(user, 0);
        String asBytes = new String(user.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", "/api/profiles/" + asBytes);

        assertEquals(200, response.status(), response.body());
        assertEquals(
                user, new ObjectMapper().readTree(response.body()).get("user").textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%zz",
                "%ff",
                "%c0%af",
                "%ed%a0%80",
                "%f4%90%80%80",
                "%e2%82",
                "a%",
                "%u0041",
                "\u00ff",
                "%-1"
            })
    void rejectsPathsThatAreNotPercentEncodedUtf8(String encoded) throws Exception {
        for (String target :
                new String[] {"/api/profiles/" + encoded, "/api/profiles?user=" + encoded, "/profiles/" + encoded}) {
            RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", target);
            assertEquals(400, response.status(), target + response.body());
            assertTrue(response.body().startsWith("{\"error\":"), response.body());
        }
    }

    @Test
    void takesTheLongestUser_andNoLongerOne() throws Exception {
        String longest = "\u0001".repeat(8192);
        instance.holding(longest, 0);

        assertEquals(
                200,
                RawHttpClient.send(instance, "GET", "/api/profiles/" + "%01".repeat(8192))
                        .status());
        assertEquals(
                400,
                RawHttpClient.send(instance, "GET", "/api/profiles/" + "%01".repeat(8193))
                        .status());
    }

    @Test
    void rejectsAmbiguousUsers() throws Exception {
        assertEquals(
                400,
                RawHttpClient.send(instance, "GET", "/api/profiles?user=a&user=b")
                        .status());
        assertEquals(400, RawHttpClient.send(instance, "GET", "/api/profiles").status());
        assertEquals(
                400, RawHttpClient.send(instance, "GET", "/api/profiles?user=").status());
    }

    @Test
    void noPathLeadsOutOfTheAssets() throws Exception {
        for (String name : new String[] {
            "..%2fboard.html", "../board.html", "%2e%2e/openapi.yaml", "/etc/passwd", "..%5cboard.html", "PAGE.CSS", "."
        }) {
            assertEquals(
                    404, RawHttpClient.send(instance, "GET", "/assets/" + name).status(), name);
        }
    }
}
