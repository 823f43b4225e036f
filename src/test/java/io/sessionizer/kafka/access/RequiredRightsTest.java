package io.sessionizer.kafka.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.guarantee.access.DocumentedRights;
import io.sessionizer.kafka.TestSettings;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.StreamsProperties;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class RequiredRightsTest {
    @Test
    void areThoseThatAreDocumented() throws IOException {
        List<Right> needed = all(of(TestSettings.withSessionsTable(settings(UserFrom.PAYLOAD, Map.of()))));
        List<AclBinding> documented = DocumentedRights.all();
        for (Right right : needed) {
            assertTrue(documented.stream().anyMatch(acl -> covers(acl, right)), () -> "must be documented: " + right);
        }
        for (AclBinding acl : documented) {
            assertTrue(needed.stream().anyMatch(right -> covers(acl, right)), () -> "must be needed: " + acl);
        }
    }

    private static boolean covers(AclBinding acl, Right right) {
        ResourcePattern granted = acl.pattern();
        ResourcePattern needed = right.resource();
        boolean isOfThatName = granted.patternType() == PatternType.PREFIXED
                ? needed.name().startsWith(granted.name())
                : granted.equals(needed);
        return granted.resourceType() == needed.resourceType()
                && isOfThatName
                && acl.entry().operation() == right.operation();
    }

    @Test
    void areNoneOnTheSessionsTable_whereItIsOff() {
        for (Right right : all(of(UserFrom.KEY, Map.of()))) {
            assertNotEquals("sessions.topic", right.key());
        }
    }

    @Test
    void areNoneOnTheRepartitionTopic_whereTheUserIsInTheKey() {
        for (Right right : all(of(UserFrom.KEY, Map.of()))) {
            assertTrue(!right.resource().name().contains("repartition"), right::toString);
        }
    }

    @Test
    void areNoneOnTransactions_withoutExactlyOnce() {
        assertEquals(
                List.of(),
                of(UserFrom.KEY, Map.of("processing.guarantee", "at_least_once"))
                        .transactions());
    }

    @Test
    void sayWhatIsMissing() {
        RequiredRights rights = of(UserFrom.KEY, Map.of());
        assertEquals(
                "events.topic: needs Read on topic events. Found: not authorized",
                rights.topics().get(0).missing());
        assertEquals(
                "events.topic: needs DescribeConfigs on topic events. Found: not authorized",
                rights.topics().get(1).missing());
        assertEquals(
                "application.id: needs Read on group sessionizer. Found: not authorized",
                rights.group().missing());
        assertEquals(
                "application.id: needs Write on transactional id sessionizer- (prefixed). Found: not authorized",
                rights.transactions().get(0).missing());
        assertEquals(
                "events.topic: needs Create on topic events, unless it exists. Found: not authorized",
                rights.creation().get(0).missingUnlessItExists());
    }

    private static List<Right> all(RequiredRights rights) {
        List<Right> all = new ArrayList<>();
        Stream.of(rights.topics(), rights.creation(), List.of(rights.group()), rights.transactions())
                .forEach(all::addAll);
        all.addAll(rights.optional().keySet());
        return all;
    }

    private static RequiredRights of(UserFrom userFrom, Map<String, String> kafka) {
        return of(settings(userFrom, kafka));
    }

    private static SessionizerSettings settings(UserFrom userFrom, Map<String, String> kafka) {
        return TestSettings.of(userFrom, Uncounted.DROP, kafka);
    }

    private static RequiredRights of(SessionizerSettings settings) {
        return RequiredRights.of(settings, new StreamsConfig(StreamsProperties.of(settings)));
    }
}
