package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.Golden;
import io.sessionizer.web.http.AccessPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is served where, and the description of it to the byte. */
class RouteListTest {
    @Test
    void areTheSameAsBefore() throws IOException {
        HttpSettings settings = new HttpSettings("localhost", 0, Optional.empty(), ZoneOffset.UTC);
        try (TestServer instance = TestServer.open()) {
            Routes routes = new Routes(
                    settings,
                    instance.service(),
                    new AccessPolicy(Optional.empty(), "localhost"),
                    new PeerClient(Runnable::run));
            Golden.check(
                    "routes.txt",
                    routes.table().routes().stream()
                            .map(route -> route.method() + " " + route.path() + " " + route.execution() + " "
                                    + new TreeSet<>(route.statuses()) + "\n")
                            .sorted()
                            .collect(Collectors.joining()));
        }
    }

    @Test
    void areDescribedInTheSameBytesAsBefore() throws IOException, NoSuchAlgorithmException {
        try (TestServer instance = TestServer.open()) {
            RawHttpClient.RawResponse response = RawHttpClient.send(instance, "GET", "/api/openapi.yaml");
            assertEquals(200, response.status());
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(response.body().getBytes(StandardCharsets.UTF_8));
            Golden.check(
                    "openapi.txt",
                    response.header("content-type") + "\nSHA-256 "
                            + HexFormat.of().formatHex(digest) + "\n");
        }
    }
}
