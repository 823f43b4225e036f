package io.sessionizer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the packages: quickstart → app → { kafka, board } → codec → session → java.*. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sessionizer");

    private static final String[] RULES = {"io.sessionizer.session..", "io.sessionizer.stats.."};
    private static final String[] BYTES = {"io.sessionizer.codec..", "io.sessionizer.event..", "io.sessionizer.record.."
    };
    private static final String[] KAFKA = {"io.sessionizer.kafka.."};
    private static final String[] WEB = {"io.sessionizer.board..", "io.sessionizer.web.."};
    private static final String JETTY = "org.eclipse.jetty..";
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
                .resideInAnyPackage(RULES)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(RULES, "java..")));
    }

    @Test
    void codecKnowsSessionsAndJacksonsCore() {
        check(classes()
                .that()
                .resideInAnyPackage(BYTES)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(and(RULES, BYTES), "java..", "com.fasterxml.jackson.core..")));
    }

    @Test
    void kafkaKnowsNeitherTheBoardNorTheApp() {
        check(classes()
                .that()
                .resideInAnyPackage(KAFKA)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(
                        and(and(RULES, BYTES), KAFKA),
                        "java..",
                        "org.apache.kafka..",
                        "org.rocksdb..",
                        "org.slf4j..")));
    }

    @Test
    void boardKnowsNeitherKafkaNorTheApp() {
        check(classes()
                .that()
                .resideInAnyPackage(WEB)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(
                        and(and(RULES, BYTES), WEB), "java..", JETTY, "com.fasterxml.jackson.core..", "org.slf4j..")));
    }

    @Test
    void servingHttpKnowsNoPage() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sessionizer.web.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sessionizer.web", "io.sessionizer.web.board"));
    }

    @Test
    void theBoardKnowsNoOtherPage() {
        check(noClasses()
                .that()
                .resideInAPackage("io.sessionizer.web.board")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sessionizer.web"));
    }

    @Test
    void onlyTheBoardKnowsTheHttpServer() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(WEB)
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
                .resideInAnyPackage(and(RULES, BYTES))
                .should()
                .accessTargetWhere(describe("a system clock is read", access -> {
                    String owner = access.getTargetOwner().getName();
                    return owner.equals("java.lang.System") && SYSTEM_CLOCKS.contains(access.getName())
                            || owner.startsWith("java.time.")
                                    && (access.getName().equals("now")
                                            || access.getName().startsWith("system"));
                })));
    }

    private static String[] and(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }
}
