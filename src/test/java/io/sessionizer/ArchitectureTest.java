package io.sessionizer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows between the packages:
 *
 * <pre>
 * quickstart ─► app ─► { kafka, web, dryrun } ─► record ─► stats ─► event ─► { event.format, event.json } ─► session ─► java.*
 * kafka ─► { task ─► { status, input ─► { topics ─► access, client }, state }, control, lookup } ─► config
 * web ─► { web.board, web.server ─► web.access } ─► web.http
 * </pre>
 */
class ArchitectureTest {
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sessionizer");

    private static final String ROOT = "io.sessionizer.";
    private static final String JACKSON_CORE = "com.fasterxml.jackson.core";
    private static final String JETTY = "org.eclipse.jetty";
    private static final String KAFKA_CLIENTS = "org.apache.kafka";
    private static final String SLF4J = "org.slf4j";

    /** What each package may use besides itself and {@code java.*}; of this project without {@code io.sessionizer}. */
    static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("session", List.of()),
            Map.entry("stats", List.of("event", "session")),
            Map.entry("event.json", List.of(JACKSON_CORE)),
            Map.entry("event.format", List.of("session")),
            Map.entry("event", List.of("event.format", "event.json", "session")),
            Map.entry("record", List.of("event", "event.format", "event.json", "stats", "session", JACKSON_CORE)),
            Map.entry("dryrun", List.of("record", "event", "event.format", "session")),
            Map.entry("kafka.config", List.of("event.format", "session", KAFKA_CLIENTS, SLF4J, "org.rocksdb")),
            Map.entry("kafka.client", List.of("kafka.config", KAFKA_CLIENTS, SLF4J)),
            Map.entry("kafka.access", List.of("kafka.config", "javax.net.ssl", KAFKA_CLIENTS, SLF4J)),
            Map.entry(
                    "kafka.topics",
                    List.of(
                            "kafka.access",
                            "kafka.config",
                            "record",
                            "event",
                            "event.format",
                            "session",
                            KAFKA_CLIENTS,
                            SLF4J)),
            Map.entry(
                    "kafka.input",
                    List.of(
                            "kafka.client",
                            "kafka.topics",
                            "kafka.config",
                            "event",
                            "event.format",
                            "record",
                            "session",
                            KAFKA_CLIENTS,
                            SLF4J)),
            Map.entry("kafka.status", List.of("kafka.client", "kafka.input", "event", "stats", SLF4J)),
            Map.entry(
                    "kafka.state",
                    List.of(
                            "kafka.config",
                            "record",
                            "event",
                            "stats",
                            "session",
                            KAFKA_CLIENTS,
                            SLF4J,
                            "org.rocksdb")),
            Map.entry(
                    "kafka.task",
                    List.of(
                            "kafka.client",
                            "kafka.input",
                            "kafka.status",
                            "kafka.state",
                            "kafka.topics",
                            "kafka.config",
                            "record",
                            "event",
                            "event.format",
                            "stats",
                            "session",
                            KAFKA_CLIENTS,
                            SLF4J)),
            Map.entry("kafka.control", List.of("kafka.config", "record", KAFKA_CLIENTS, SLF4J)),
            Map.entry("kafka.lookup", List.of("kafka.config", "record", "event", "session", KAFKA_CLIENTS)),
            Map.entry(
                    "kafka",
                    List.of(
                            "kafka.task",
                            "kafka.status",
                            "kafka.input",
                            "kafka.state",
                            "kafka.topics",
                            "kafka.client",
                            "kafka.control",
                            "kafka.lookup",
                            "kafka.config",
                            "record",
                            "event",
                            "stats",
                            "session",
                            KAFKA_CLIENTS,
                            SLF4J)),
            Map.entry("web.http", List.of(JACKSON_CORE)),
            Map.entry("web.access", List.of("web.http", "javax.crypto", SLF4J)),
            Map.entry("web.server", List.of("web.access", "web.http", JETTY, SLF4J)),
            Map.entry("web.board", List.of("web.http", "record", "event", "stats", JACKSON_CORE)),
            Map.entry(
                    "web",
                    List.of(
                            "web.board",
                            "web.server",
                            "web.access",
                            "web.http",
                            "session",
                            "event",
                            JACKSON_CORE,
                            SLF4J)),
            Map.entry(
                    "app.config",
                    List.of(
                            "kafka.config",
                            "web",
                            "web.access",
                            "web.board",
                            "event",
                            "event.format",
                            "session",
                            KAFKA_CLIENTS,
                            SLF4J)),
            Map.entry(
                    "app.check",
                    List.of(
                            "app.config",
                            "dryrun",
                            "kafka",
                            "kafka.config",
                            "kafka.topics",
                            "event",
                            "event.format",
                            "session",
                            JACKSON_CORE)),
            Map.entry("app.metrics", List.of("kafka.status", "event", "stats", KAFKA_CLIENTS, "io.prometheus.metrics")),
            Map.entry(
                    "app",
                    List.of(
                            "app.check",
                            "app.config",
                            "app.metrics",
                            "kafka",
                            "kafka.config",
                            "web",
                            "web.access",
                            "web.board",
                            "web.http",
                            "session",
                            SLF4J)));

    private static final Set<String> KAFKA_FROM_OUTSIDE = Set.of(
            "kafka.BrokerCheck",
            "kafka.Sessionizer",
            "kafka.config.SessionizerSettings",
            "kafka.config.TopicSettings",
            "kafka.config.TopicRole",
            "kafka.config.CannotStartException",
            "kafka.config.UnavailableException",
            "kafka.config.NotAuthorizedException",
            "kafka.topics.StartReport",
            "kafka.status.Counters",
            "kafka.status.InputStatus",
            "kafka.status.PartitionStatus",
            "kafka.status.SourceStatus");

    private static final Set<String> SYSTEM_CLOCKS = Set.of("currentTimeMillis", "nanoTime");

    static Stream<String> packages() {
        return ALLOWED.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void usesOnlyWhatIsBelowIt(String name) {
        Set<String> violations = new TreeSet<>();
        int classes = 0;
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().equals(ROOT + name)) {
                classes++;
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !isAllowed(name, dependency.getTargetClass()))
                        .map(Dependency::getDescription)
                        .forEach(violations::add);
            }
        }
        assertEquals(Set.of(), violations);
        assertEquals(true, classes > 0, "no class in " + name);
    }

    private static boolean isAllowed(String from, JavaClass target) {
        JavaClass type = target.getBaseComponentType();
        String to = type.getPackageName();
        if (type.isPrimitive() || to.startsWith("java.") || to.equals(ROOT + from)) {
            return true;
        }
        return ALLOWED.get(from).stream()
                .anyMatch(each -> to.startsWith(ROOT) ? to.equals(ROOT + each) : to.startsWith(each));
    }

    @Test
    void namesEachPackage() {
        Set<String> named = Stream.concat(packages(), Stream.of("quickstart", "quickstart.traffic"))
                .map(each -> ROOT + each)
                .collect(Collectors.toSet());
        assertEquals(named, CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()));
    }

    @Test
    void hasNoCycleBetweenPackages() {
        check(slices().matching("io.sessionizer.(**)").should().beFreeOfCycles());
    }

    @Test
    void showsLittleOfKafkaToTheOutside() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.sessionizer.kafka..")
                .should()
                .dependOnClassesThat(describe(
                        "are inner classes of the Kafka packages",
                        type -> type.getPackageName().startsWith("io.sessionizer.kafka")
                                && !KAFKA_FROM_OUTSIDE.contains(outermost(type)))));
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring(ROOT.length());
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    @Test
    void takesTimeAsAnArgumentInThePurePackages() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "session..", ROOT + "stats..", ROOT + "event..", ROOT + "record..", ROOT + "dryrun..")
                .should()
                .accessTargetWhere(describe("a system clock is read", access -> {
                    String owner = access.getTargetOwner().getName();
                    return owner.equals("java.lang.System") && SYSTEM_CLOCKS.contains(access.getName())
                            || owner.startsWith("java.time.")
                                    && (access.getName().equals("now")
                                            || access.getName().startsWith("system"));
                })));
    }

    static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(CLASSES);
    }
}
