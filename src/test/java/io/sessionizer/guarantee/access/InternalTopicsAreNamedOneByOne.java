package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sessionizer.guarantee.support.LogLines;
import io.sessionizer.kafka.Sessionizer;
import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** In rights, in place of their prefix: no other internal topic is asked for, with either setting of {@code user.from}. */
@Tag("long")
class InternalTopicsAreNamedOneByOne {
    private static final String REFUSED = "is Denied operation";

    @ParameterizedTest
    @EnumSource(UserFrom.class)
    void theBrokerRefusesNothing(UserFrom userFrom, @TempDir Path directory) throws Exception {
        try (SecuredBroker broker = SecuredBroker.start(directory)) {
            // what the authorizer refuses
            ((Logger) LoggerFactory.getLogger("kafka.authorizer.logger")).setLevel(Level.INFO);
            List<AclBinding> rights = DocumentedRights.all().stream()
                    .flatMap(right -> oneByOne(right, userFrom))
                    .toList();
            grant(rights, broker, directory.resolve("none"), userFrom);
            try (LogLines log = LogLines.open()) {
                work(broker, directory.resolve("first"), userFrom);
                // its state is restored
                work(broker, directory.resolve("second"), userFrom);
                assertEquals(List.of(), log.with(REFUSED));
            }
        }
    }

    private static Stream<AclBinding> oneByOne(AclBinding right, UserFrom userFrom) {
        boolean isOfInternalTopics = right.pattern().resourceType() == ResourceType.TOPIC
                && right.pattern().patternType() == PatternType.PREFIXED;
        return isOfInternalTopics
                ? NodeNames.internalTopics("sessionizer", userFrom == UserFrom.PAYLOAD).stream()
                        .map(name -> new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL))
                        .map(topic -> new AclBinding(topic, right.entry()))
                : Stream.of(right);
    }

    private static void grant(List<AclBinding> rights, SecuredBroker broker, Path state, UserFrom userFrom) {
        try (LogLines log = LogLines.open();
                SecuredService service = new SecuredService(broker, state, userFrom)) {
            assertNotEquals(List.of(), service.missing());
            assertNotEquals(List.of(), log.with(REFUSED), "what is refused must be logged");
            service.grant(rights);
        }
    }

    private static void work(SecuredBroker broker, Path state, UserFrom userFrom) throws Exception {
        try (SecuredService service = new SecuredService(broker, state, userFrom);
                Sessionizer running = service.start()) {
            service.send();
            service.send();
            service.awaitWorking(2);
            running.setTracking(true);
        }
    }
}
