package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.ApiClient;
import io.sessionizer.guarantee.support.ApiClient.ApiResponse;
import io.sessionizer.guarantee.support.PollingWait;
import io.sessionizer.guarantee.support.ServiceProcess;
import io.sessionizer.kafka.access.Right;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a process: where a page needs the right, with 403; where the service does, with one line and exit code 1. */
class MissingRightsAreNamed {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENRICHED =
            "enriched.topic: needs Write on topic enriched-events. Found: not authorized";

    private SecuredBroker broker;
    private SecuredService rights;
    private ServiceProcess service;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        broker = SecuredBroker.start(directory);
        rights = new SecuredService(broker, directory.resolve("state"), UserFrom.PAYLOAD);
        rights.grant(DocumentedRights.all());
        service = new ServiceProcess("secured", directory, rights.properties());
        service.start();
        service.awaitRunning(PATIENCE);
    }

    @AfterEach
    void stop() {
        service.close();
        rights.close();
        broker.close();
    }

    @Test
    void byPagesAndByTheExit() throws Exception {
        pagesAnswer403();
        AclBinding denial = rights.deny(rights.right("Write on topic enriched-events"));
        isNotReadyUntilItEnds();
        assertEquals(1, service.awaitExit(PATIENCE));
        assertEquals(List.of("sessionizer: stopped: " + ENRICHED), lines(line -> line.startsWith("sessionizer: ")));
        assertEquals(List.of(), lines(line -> line.startsWith("\tat ") || line.contains("Replacing it")));

        service.start();
        assertEquals(1, service.awaitExit(PATIENCE));
        assertEquals(List.of("sessionizer: cannot start: " + ENRICHED), lines(line -> !line.contains(" INFO ")));

        rights.allow(denial);
        service.start();
        service.awaitRunning(PATIENCE);
        service.stop();
    }

    private void pagesAnswer403() {
        Right settings = rights.right("Write on topic session-settings");
        Right events = rights.right("Write on topic events");
        AclBinding noSettings = rights.deny(settings);
        AclBinding noEvents = rights.deny(events);
        assertForbidden(settings, switchOn());
        assertForbidden(events, erase());
        rights.allow(noSettings, noEvents);
        assertEquals(200, switchOn().status());
        assertEquals(202, erase().status());
    }

    private ApiResponse switchOn() {
        return ApiClient.put(service.url() + "/api/settings/tracking", "{\"active\":true}");
    }

    private ApiResponse erase() {
        return ApiClient.delete(service.url() + "/api/profiles/user");
    }

    private static void assertForbidden(Right right, ApiResponse response) {
        assertEquals(403, response.status());
        assertEquals(
                "The service is not authorized: it needs " + right + ".",
                response.body().get("error").asText());
    }

    /** From the crash on, as seen by a probe. */
    private void isNotReadyUntilItEnds() {
        Set<Integer> since = new HashSet<>();
        PollingWait.until("it has ended", PATIENCE, () -> {
            rights.send();
            int status = readiness();
            if (status != 200 || !since.isEmpty()) {
                since.add(status);
            }
            return !service.isAlive();
        });
        assertNotEquals(Set.of(), since, "never unready");
        assertTrue(!since.contains(200), "ready again");
    }

    private int readiness() {
        try {
            return ApiClient.get(service.url() + "/health/ready").status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    private List<String> lines(Predicate<String> condition) {
        return service.log().lines().filter(condition).toList();
    }
}
