package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.Golden;
import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.access.AccessSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is served where, and the description of it to the byte. */
class RouteListTest {
    @Test
    void areTheSameAsBefore() throws IOException {
        HttpSettings settings = TestServer.settings(AccessSettings.DEFAULT);
        try (TestServer instance = TestServer.open()) {
            Routes routes = new Routes(
                    settings,
                    instance.service(),
                    new AccessPolicy(AccessSettings.DEFAULT, Set.of(), instance.authority()),
                    new PeerClient(Runnable::run, Optional.empty()));
            Golden.check(
                    "routes.txt",
                    routes.table().routes().stream()
                            .map(route -> route.method() + " " + route.path() + " " + route.kind() + " "
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
