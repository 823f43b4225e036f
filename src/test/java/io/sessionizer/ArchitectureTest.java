package io.sessionizer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the packages: quickstart → app → { kafka, board } → codec → session → java.*. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sessionizer");

    private static final String SESSION = "io.sessionizer.session..";
    private static final String CODEC = "io.sessionizer.codec..";
    private static final String KAFKA = "io.sessionizer.kafka..";
    private static final String BOARD = "io.sessionizer.board..";
    private static final String JETTY = "org.eclipse.jetty..";
    private static final String APP = "io.sessionizer.app..";
    private static final String QUICKSTART = "io.sessionizer.quickstart..";

    /** The broker's own packages, which the production jar does not carry. */
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

    private static final Set<String> SYSTEM_CLOCKS = Set.of("currentTimeMillis", "nanoTime");

    @Test
    void sessionKnowsJavaAlone() {
        check(classes()
                .that()
                .resideInAPackage(SESSION)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", SESSION));
    }

    @Test
    void codecKnowsSessionsAndJacksonsCore() {
        check(classes()
                .that()
                .resideInAPackage(CODEC)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", SESSION, CODEC, "com.fasterxml.jackson.core.."));
    }

    @Test
    void kafkaKnowsNeitherTheBoardNorTheApp() {
        check(classes()
                .that()
                .resideInAPackage(KAFKA)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", SESSION, CODEC, KAFKA, "org.apache.kafka..", "org.rocksdb..", "org.slf4j.."));
    }

    @Test
    void boardKnowsNeitherKafkaNorTheApp() {
        check(classes()
                .that()
                .resideInAPackage(BOARD)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", SESSION, CODEC, BOARD, JETTY, "com.fasterxml.jackson.core..", "org.slf4j.."));
    }

    @Test
    void onlyTheBoardKnowsTheHttpServer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(BOARD)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JETTY));
    }

    @Test
    void nothingKnowsTheQuickstart() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(QUICKSTART)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(QUICKSTART));
    }

    @Test
    void onlyTheQuickstartKnowsTheBroker() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(QUICKSTART)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BROKER));
    }

    @Test
    void timeIsAnArgumentOfTheRulesAndTheCodec() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SESSION, CODEC)
                .should()
                .accessTargetWhere(describe("a system clock is read", access -> {
                    String owner = access.getTargetOwner().getName();
                    return owner.equals("java.lang.System") && SYSTEM_CLOCKS.contains(access.getName())
                            || owner.startsWith("java.time.")
                                    && (access.getName().equals("now")
                                            || access.getName().startsWith("system"));
                })));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }
}
