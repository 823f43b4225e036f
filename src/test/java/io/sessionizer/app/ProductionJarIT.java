package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jar that goes to production: self-contained, and without the broker of quickstart and tests. */
class ProductionJarIT {
    private static final Path JAR = Path.of(System.getProperty("sessionizer.jar"));
    /** What no other library has. */
    private static final Pattern CONTENT =
            Pattern.compile("(?!META-INF/|module-info).+\\.class|META-INF/resources/webjars/.+\\.js");

    @Test
    void carriesWhatItNeeds_andNeitherBrokerNorQuickstart() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertNotNull(jar.getEntry("org/apache/kafka/streams/KafkaStreams.class"));
            assertNotNull(jar.getEntry("org/rocksdb/RocksDB.class"));
            assertNotNull(jar.getEntry("logback.xml"));
            List<String> strangers = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("kafka/server/")
                            || name.startsWith("scala/")
                            || name.startsWith("org/junit/")
                            || name.startsWith("io/sessionizer/quickstart/"))
                    .toList();
            assertEquals(List.of(), strangers);
        }
    }

    /** So that a scanner can compare the jar with what is known of its libraries: each of the class path that is in the jar. */
    @Test
    void listsItsLibraries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            JsonNode bom =
                    new ObjectMapper().readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/sessionizer.cdx.json")));
            Set<String> listed = new TreeSet<>();
            bom.get("components").forEach(component -> {
                String name = component.get("name").asText();
                String version = component.get("version").asText();
                String purl = component.get("purl").asText();
                assertTrue(purl.startsWith("pkg:maven/") && purl.contains("/" + name + "@" + version), purl);
                listed.add(name + "-" + version + ".jar");
            });
            assertEquals("CycloneDX", bom.get("bomFormat").asText());
            assertEquals(embedded(jar), listed);
            assertTrue(listed.size() > 10, listed::toString);
        }
    }

    private static Set<String> embedded(JarFile jar) throws IOException {
        Set<String> embedded = new TreeSet<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.endsWith(".jar") && isEmbedded(path, jar)) {
                embedded.add(Path.of(path).getFileName().toString());
            }
        }
        return embedded;
    }

    private static boolean isEmbedded(String path, JarFile jar) throws IOException {
        try (JarFile library = new JarFile(path)) {
            return library.stream()
                    .map(JarEntry::getName)
                    .filter(CONTENT.asMatchPredicate())
                    .findFirst()
                    .filter(name -> jar.getEntry(name) != null)
                    .isPresent();
        }
    }

    @Test
    void runsOnAnOrdinaryJre() throws IOException, InterruptedException {
        Process version = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "--version")
                .redirectErrorStream(true)
                .start();
        String output = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, version.waitFor(), output);
        assertTrue(output.matches("sessionizer \\d+\\.\\d+\\S*\\R"), output);
    }
}
