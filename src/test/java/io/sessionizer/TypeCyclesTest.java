package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Inside a package, two files use each other only where one is a type and the other a value that it returns. */
class TypeCyclesTest {
    private static final Set<Set<String>> TYPES_WITH_THE_VALUES_THEY_RETURN =
            Set.of(Set.of("session.EventAdded", "session.Timeline", "session.TimelineChange"));

    @Test
    void noOtherFilesUseEachOther() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.sessionizer")) {
            Set<String> targets = uses.computeIfAbsent(file(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .map(JavaClass::getBaseComponentType)
                    .filter(target -> target.getPackageName().equals(type.getPackageName()))
                    .map(TypeCyclesTest::file)
                    .forEach(targets::add);
        }
        Set<Set<String>> cycles = uses.keySet().stream()
                .map(name -> cycleOf(name, uses))
                .filter(cycle -> cycle.size() > 1)
                .collect(Collectors.toCollection(HashSet::new));
        assertEquals(TYPES_WITH_THE_VALUES_THEY_RETURN, cycles);
    }

    /** The files that use this one, directly or not, and are used by it. */
    private static Set<String> cycleOf(String name, Map<String, Set<String>> uses) {
        Set<String> cycle = new TreeSet<>(Set.of(name));
        for (String other : reachable(name, uses)) {
            if (reachable(other, uses).contains(name)) {
                cycle.add(other);
            }
        }
        return cycle;
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
        Set<String> reached = new HashSet<>();
        Set<String> next = Set.of(from);
        while (!next.isEmpty()) {
            next = next.stream()
                    .flatMap(each -> uses.getOrDefault(each, Set.of()).stream())
                    .filter(reached::add)
                    .collect(Collectors.toSet());
        }
        return reached;
    }

    private static String file(JavaClass type) {
        String name = type.getName().substring("io.sessionizer.".length());
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
