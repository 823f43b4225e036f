package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.access.Right;
import io.sessionizer.kafka.config.CannotStartException;
import io.sessionizer.kafka.config.NotAuthorizedException;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * With the rights that are documented the service runs, each that is missing is named, and those that are optional are. The
 * tests share a broker, which has no topic and grants nothing at first.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsAreAskedFor {
    private static SecuredBroker broker;
    private static SecuredService service;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = SecuredBroker.start(directory);
        service = new SecuredService(broker, directory.resolve("state"), UserFrom.PAYLOAD);
    }

    @AfterAll
    static void stop() {
        service.close();
        broker.close();
    }

    @Test
    @Order(1)
    void allThatAreMissingAreListedTogether() {
        List<String> expected = new ArrayList<>(
                service.rights().topics().stream().map(Right::missing).toList());
        service.rights()
                .creation()
                .forEach(right -> expected.add(right.missing().replace(". Found", ", unless it exists. Found")));
        expected.add(service.rights().group().missing());
        service.rights().transactions().forEach(right -> expected.add(right.missing()));

        CannotStartException refused = assertThrows(CannotStartException.class, service::start);

        assertEquals(expected, refused.problems());
        assertEquals(expected, service.check());
    }

    @Test
    @Order(2)
    void theDocumentedOnesAreEnough_andTheOptionalOnesAreMissedOnce() throws Exception {
        List<AclBinding> needed = new ArrayList<>(DocumentedRights.all());
        Set<Right> optional = new HashSet<>(service.rights().optional().keySet());
        needed.removeIf(acl -> acl.entry().operation() == AclOperation.DELETE
                || acl.entry().operation() == AclOperation.WRITE
                        && Set.of("events", "session-settings")
                                .contains(acl.pattern().name()));
        service.grant(needed);
        try (LogLines log = LogLines.open();
                Sessionizer running = service.start()) {
            service.send();
            service.send();
            service.awaitWorking(2);
            for (Right right : optional) {
                log.await(right.missing(), 1, SecuredService.PATIENCE);
            }
            assertEquals(
                    "The service is not authorized: it needs Write on topic session-settings.",
                    assertThrows(NotAuthorizedException.class, () -> running.setTracking(false))
                            .getMessage());
            assertEquals(
                    "The service is not authorized: it needs Write on topic events.",
                    assertThrows(
                                    NotAuthorizedException.class,
                                    () -> running.erase("user".getBytes(StandardCharsets.UTF_8)))
                            .getMessage());
            service.send();
            service.awaitWorking(3);
            for (Right right : optional) {
                assertEquals(1, log.count(right.missing()), right::toString);
            }
            assertEquals(optional, service.missingOptional().keySet());
            assertFalse(running.livenessProblem().isPresent());
        }
        service.grant(DocumentedRights.all());
        try (Sessionizer running = service.start()) {
            service.awaitWorking(0);
            running.setTracking(true);
            running.erase("user".getBytes(StandardCharsets.UTF_8));
            assertEquals(Set.of(), service.missingOptional().keySet());
        }
    }

    @Test
    @Order(3)
    void eachThatIsMissingAtTheStartIsNamed() {
        for (Right right : service.needed()) {
            AclBinding denial = service.deny(right);
            CannotStartException refused = assertThrows(CannotStartException.class, service::start, right::toString);
            assertEquals(List.of(right.missing()), refused.problems());
            assertEquals(List.of(right.missing()), service.check(), right::toString);
            service.allow(denial);
        }
    }

    @Test
    @Order(4)
    void oneThatIsTakenAwayEndsTheServiceWithOneLine() {
        endsWithOneLine("Write on topic enriched-events");
    }

    @Test
    @Order(5)
    void oneThatOnlyTheBoardNeedsEndsItToo() {
        endsWithOneLine("Read on topic session-board");
    }

    @Test
    @Order(6)
    @Tag("long")
    void eachThatIsTakenAwayEndsTheServiceWithOneLine() {
        service.needed().stream()
                .filter(right -> right.operation() != AclOperation.DESCRIBE_CONFIGS)
                // read when state is restored, which may be long after
                .filter(right -> right.operation() != AclOperation.READ
                        || !right.resource().name().endsWith("-changelog"))
                .forEach(right -> endsWithOneLine(right.toString()));
    }

    private static void endsWithOneLine(String name) {
        Right right = service.right(name);
        try (LogLines log = LogLines.open();
                Sessionizer running = service.start()) {
            service.send();
            service.awaitWorking(1);
            AclBinding denial = service.deny(right);

            assertEquals(right.missing(), service.stopUnderLoad());
            assertEquals(0, log.count("Replacing it"), "threads replaced");
            assertTrue(running.readinessProblem().isPresent(), "it is not ready");
            service.allow(denial);
        }
    }
}
