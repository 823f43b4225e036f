package io.sessionizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/RATIONALE.md gives a reason for each dependency of the pom, and one heading per question. */
class RationaleTest {
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?<artifactId>([^<]+)</artifactId>");

    private final String page = Files.readString(Path.of("docs/RATIONALE.md"));

    RationaleTest() throws IOException {}

    @Test
    void namesEachDependency() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        List<String> found = new ArrayList<>();
        // of the project, and of the profile of the recipes
        for (String part : List.of(pom.split("</dependencyManagement>")).subList(1, 3)) {
            DEPENDENCY
                    .matcher(part.substring(0, part.indexOf("<build>")))
                    .results()
                    .forEach(each -> found.add(each.group(1)));
        }
        assertTrue(found.contains("kafka-streams") && found.contains("flink-json"), found::toString);
        assertEquals(
                List.of(),
                found.stream().filter(name -> !page.contains("`" + name + "`")).toList());
    }

    @Test
    void asksAQuestionInEachHeading() {
        List<String> headings =
                page.lines().filter(line -> line.startsWith("### ")).toList();
        assertTrue(headings.size() > 30, headings::toString);
        assertEquals(
                List.of(),
                headings.stream().filter(line -> !line.matches("### Why .*\\?")).toList());
    }
}
