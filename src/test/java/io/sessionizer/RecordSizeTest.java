package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A record has at most five components; above that a noun is missing. */
class RecordSizeTest {
    private static final int MAX_COMPONENTS = 5;

    private static final Map<String, Integer> LARGER_FOR_A_REASON = Map.of(
            // one is made for each event: a nested value would cost an object per event
            "io.sessionizer.session.Session",
            8,
            // one component for each field of the JSON that the quickstart reads
            "io.sessionizer.quickstart.ConcludedSession",
            6);

    @Test
    void noOtherRecordHasMoreThan5Components() {
        Map<String, Integer> larger = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.sessionizer")
                        .stream()
                        .filter(JavaClass::isRecord)
                        .collect(Collectors.toMap(
                                JavaClass::getName, RecordSizeTest::components, Math::max, TreeMap::new));
        larger.values().removeIf(count -> count <= MAX_COMPONENTS);
        assertEquals(LARGER_FOR_A_REASON, larger);
    }

    private static int components(JavaClass type) {
        return type.reflect().getRecordComponents().length;
    }
}
