package io.sessionizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.sessionizer.ArchitectureTest.check;

import org.junit.jupiter.api.Test;

/** The quickstart and the broker that it embeds are not in the production jar: nothing else may use them. */
class QuickstartArchitectureTest {
    /** The broker's own packages, which the production jar does not contain. */
    private static final String[] BROKER = {
        "kafka..",
        "org.apache.kafka.controller..",
        "org.apache.kafka.coordinator..",
        "org.apache.kafka.image..",
        "org.apache.kafka.metadata..",
        "org.apache.kafka.network..",
        "org.apache.kafka.raft..",
        "org.apache.kafka.security..",
        "org.apache.kafka.server..",
        "org.apache.kafka.storage..",
        "org.apache.kafka.tools..",
        "scala.."
    };

    @Test
    void nothingUsesTheQuickstart() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sessionizer.quickstart..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sessionizer.quickstart.."));
    }

    @Test
    void onlyTheQuickstartUsesTheBroker() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sessionizer.quickstart..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BROKER));
    }

    @Test
    void trafficDoesNotUseTheQuickstart() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sessionizer.quickstart.traffic")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sessionizer.quickstart", "io.sessionizer.app..", "io.sessionizer.kafka.."));
    }
}
