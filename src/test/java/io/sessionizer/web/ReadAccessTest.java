package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.access.AccessSettings.ProxySettings;
import io.sessionizer.web.access.AccessSettings.ReadAccess;
import io.sessionizer.web.access.AddressRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read, and under which names. */
@Timeout(60)
class ReadAccessTest {
    private static final List<String> DATA = List.of("/api/board", "/api/settings", "/api/zones", "/api/profiles/u");
    private static final List<String> PAGES = List.of("/", "/profiles", "/settings", "/assets/page.css");
    private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN;

    /** A page whose name is made to resolve to this machine (DNS rebinding) is not helped by a token's being set. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example"})
    void refusesForeignNames_withAndWithoutAToken(String host) throws Exception {
        try (TestServer open = TestServer.open();
                TestServer closed = TestServer.withToken()) {
            for (TestServer instance : List.of(open, closed)) {
                for (String path : DATA) {
                    assertEquals(403, status(instance, path, "Host: " + host), path);
                    assertEquals(403, status(instance, path, "Host: " + host, TOKEN, "X-Forwarded-For: 1.2.3.4"), path);
                }
                assertEquals(403, status(instance, "/profiles", "Host: " + host));
                // monitoring systems have their own names for it
                assertEquals(200, status(instance, "/health/live", "Host: " + host));
                assertEquals(200, status(instance, "/metrics", "Host: " + host));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1:1", "[::1]", "192.0.2.1:80", "[2001:db8::1]:80", "BOARD.example:443"})
    void answersToItsNamesAndToAddresses(String host) throws Exception {
        try (TestServer closed = TestServer.withToken()) {
            assertEquals(200, status(closed, "/api/board", "Host: " + host));
        }
    }

    @Test
    void isOpenByDefault() throws Exception {
        try (TestServer closed = TestServer.withToken().holding("u", 0)) {
            for (String path : DATA) {
                assertEquals(200, status(closed, path), path);
            }
        }
    }

    @Test
    void needsTheToken_whereReadsAreToken() throws Exception {
        try (TestServer closed = with(ReadAccess.TOKEN).holding("u", 0)) {
            for (String path : DATA) {
                assertEquals(401, status(closed, path), path);
                assertEquals(401, status(closed, path, "X-User: jane"), path);
                assertEquals(401, status(closed, path, TOKEN + "x"), path);
                assertEquals(200, status(closed, path, TOKEN), path);
            }
            assertEquals(401, status(closed, "/metrics"));
            assertPagesAndProbesAreOpen(closed);
        }
    }

    /** The proxy of these settings connects from 127.0.0.2, the test from 127.0.0.1. */
    @Test
    void needsTheProxy_whereReadsAreProxy() throws Exception {
        try (TestServer closed = with(ReadAccess.PROXY).holding("u", 0)) {
            for (String path : DATA) {
                assertEquals(403, status(closed, path), path);
                assertEquals(403, status(closed, path, "X-User: jane"), path);
                assertEquals(200, status(closed, path, TOKEN), path);
            }
            assertPagesAndProbesAreOpen(closed);
        }
    }

    @Test
    void admitsUsersWhomTheProxyHasSignedOn() throws Exception {
        ProxySettings proxy = new ProxySettings(
                Set.of(
                        AddressRange.parse("127.0.0.0/8").orElseThrow(),
                        AddressRange.parse("::1").orElseThrow()),
                "x-user");
        AccessSettings access =
                new AccessSettings(ReadAccess.PROXY, Optional.of(TestServer.TOKEN), Optional.empty(), Set.of(), proxy);
        try (TestServer closed = TestServer.with(access).holding("u", 0)) {
            for (String path : DATA) {
                assertEquals(200, status(closed, path, "X-User: jane"), path);
                assertEquals(403, status(closed, path), path);
                assertEquals(403, status(closed, path, "X-User: "), path);
                assertEquals(403, status(closed, path, "X-User: jane", "X-User: joe"), path);
            }
            // who may read may not change
            assertEquals(
                    401,
                    RawHttpClient.send(closed, "DELETE", "/api/profiles/u", "X-User: jane")
                            .status());
        }
    }

    private static void assertPagesAndProbesAreOpen(TestServer instance) throws Exception {
        for (String path : PAGES) {
            assertEquals(200, status(instance, path), path);
        }
        assertEquals(200, status(instance, "/health/live"));
        assertEquals(200, status(instance, "/health/ready"));
    }

    /** They could not see the answer, but make the service compute it. */
    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example"})
    void refusesReadsByPagesOfOtherSites(String header) throws Exception {
        try (TestServer open = TestServer.open()) {
            for (String path : DATA) {
                assertEquals(403, status(open, path, header), path);
            }
            assertEquals(403, status(open, "/metrics", header));
            assertEquals(200, status(open, "/", header), "links to pages work");
        }
    }

    @Test
    void takesTheTokenOfAFile_asItIsNow(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, " first-token-of-some-length\n");
        try (TestServer closed = TestServer.with(AccessSettings.DEFAULT.withTokenFile(file))) {
            assertEquals(202, erase(closed, "first-token-of-some-length"));
            Files.writeString(file, "second-token-of-some-length\n");
            assertEquals(401, erase(closed, "first-token-of-some-length"));
            assertEquals(202, erase(closed, "second-token-of-some-length"));
            Files.writeString(file, "");
            assertEquals(202, erase(closed, "second-token-of-some-length"), "the last one remains valid");
            assertEquals(401, erase(closed, ""));
            Files.delete(file);
            assertEquals(202, erase(closed, "second-token-of-some-length"));
        }
    }

    private static int erase(TestServer instance, String token) throws Exception {
        return RawHttpClient.send(instance, "DELETE", "/api/profiles/u", "Authorization: Bearer " + token)
                .status();
    }

    @Test
    void servesProbesAndMetricsAtTheirOwnPortAlone() throws Exception {
        try (TestServer instance = TestServer.withHealthPort()) {
            assertTrue(instance.healthPort() != instance.port());
            for (String path : List.of("/health/live", "/health/ready", "/metrics")) {
                assertEquals(404, status(instance, path), path);
                assertEquals(200, RawHttpClient.get(instance.healthPort(), path).status(), path);
            }
            for (String path : List.of("/", "/api/board", "/api/profiles/u", "/api/settings")) {
                assertEquals(404, RawHttpClient.get(instance.healthPort(), path).status(), path);
            }
        }
    }

    private static TestServer with(ReadAccess reads) {
        return TestServer.with(TestServer.access(reads, TestServer.TOKEN, Set.of()));
    }

    private static int status(TestServer instance, String path, String... headers) throws Exception {
        return RawHttpClient.send(instance, "GET", path, headers).status();
    }
}
