package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names only what exists: types, their members, and the arrows between the packages. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("docs/architecture.md");

    /** A type in backticks, or in a drawing where its name has two humps, and a member of it if one follows. */
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]\\w*)(?:\\.(\\w+))?`");

    private static final Pattern DRAWN =
            Pattern.compile("(?<![\\w.])([A-Z][a-z0-9]+[A-Z][a-z]\\w*)(?:\\.(\\w+)(?!\\.))?");
    private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");
    private static final Pattern PACKAGE = Pattern.compile("`([a-z][a-z.]*)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|(.*)\\|$");
    private static final Set<String> OF_KAFKA_STREAMS = Set.of("KafkaStreams", "StreamThread");

    private final String page = Files.readString(PAGE);
    private final Map<String, JavaClass> types = new ClassFileImporter()
            .importPackages("io.sessionizer").stream()
                    .filter(type -> !type.getSimpleName().isEmpty())
                    .collect(Collectors.toMap(JavaClass::getSimpleName, type -> type, (one, other) -> one));

    ArchitecturePageTest() throws IOException {}

    @Test
    void eachTypeAndMemberExists() {
        Set<String> missing = new TreeSet<>();
        Stream<Matcher> matchers = Stream.concat(
                Stream.of(TYPE.matcher(page)),
                FENCED.matcher(page).results().map(drawing -> DRAWN.matcher(drawing.group())));
        int[] found = {0};
        matchers.forEach(names -> {
            while (names.find()) {
                found[0]++;
                if (!OF_KAFKA_STREAMS.contains(names.group(1)) && !exists(names.group(1), names.group(2))) {
                    missing.add(names.group());
                }
            }
        });
        assertEquals(Set.of(), missing);
        assertTrue(found[0] > 150, () -> "only " + found[0] + " names found");
    }

    /** @param member null if none is named */
    private boolean exists(String name, String member) {
        JavaClass type = types.get(name);
        return type != null
                && (member == null
                        || type.getMembers().stream().map(JavaMember::getName).anyMatch(member::equals)
                        || types.containsKey(member)
                                && types.get(member).getName().startsWith(type.getName() + "$"));
    }

    @Test
    void theTableHasTheArrowsThatTheTestOfTheArchitectureAllows() {
        Map<String, Set<String>> allowed = new TreeMap<>();
        ArchitectureTest.ALLOWED.forEach((name, imports) -> allowed.put(name, own(imports)));

        Map<String, Set<String>> table = new TreeMap<>();
        ROW.matcher(section("## Packages"))
                .results()
                .forEach(row -> table.put(
                        row.group(1),
                        PACKAGE.matcher(row.group(2))
                                .results()
                                .map(each -> each.group(1))
                                .collect(Collectors.toCollection(TreeSet::new))));

        assertEquals(allowed, table);
    }

    private static Set<String> own(List<String> imports) {
        Set<String> own = new TreeSet<>(imports);
        own.retainAll(ArchitectureTest.ALLOWED.keySet());
        return own;
    }

    private String section(String heading) {
        int from = page.indexOf(heading);
        return page.substring(from, page.indexOf("\n## ", from));
    }
}
