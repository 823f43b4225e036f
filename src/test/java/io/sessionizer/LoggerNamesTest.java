package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The logger names in the log's configuration: one that names nothing has no effect, and no other test would fail. */
class LoggerNamesTest {
    private static final String ROOT = "io.sessionizer";

    private static final Set<String> CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT).stream()
                    .map(JavaClass::getName)
                    .collect(Collectors.toSet());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/logback.xml",
                "src/main/resources/io/sessionizer/quickstart/logback.xml",
                "src/test/resources/logback-test.xml"
            })
    void areThoseOfClassesOrPackages(String file) throws Exception {
        Set<String> names = named(Path.of(file));
        assertFalse(names.isEmpty(), file);
        names.removeIf(name -> CLASSES.stream().anyMatch(type -> type.equals(name) || type.startsWith(name + ".")));
        assertEquals(Set.of(), names);
    }

    private static Set<String> named(Path file) throws Exception {
        NodeList loggers = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("logger");
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < loggers.getLength(); i++) {
            String name = ((Element) loggers.item(i)).getAttribute("name");
            if (name.startsWith(ROOT)) {
                names.add(name);
            }
        }
        return names;
    }
}
