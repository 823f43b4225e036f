package io.sessionizer.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar that goes to production: self-contained, and without the broker of quickstart and tests. */
class ProductionJarIT {
    private static final Path JAR = Path.of(System.getProperty("sessionizer.jar"));
    /** Relocated into another package there, so no library of this jar; only its description is left. */
    private static final Set<String> IN_KAFKA_CLIENTS = Set.of("commons-net");

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

    /** So that a scanner can compare the jar with what is known of its libraries. */
    @Test
    void listsItsLibraries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            JsonNode bom =
                    new ObjectMapper().readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/sessionizer.cdx.json")));
            Set<String> listed = new TreeSet<>();
            bom.get("components")
                    .forEach(component -> listed.add(component.get("name").asText()));
            Set<String> embedded = new TreeSet<>();
            jar.stream()
                    .map(entry -> entry.getName().split("/"))
                    .filter(parts -> parts.length == 5 && parts[4].equals("pom.properties"))
                    .map(parts -> parts[3])
                    .filter(name -> !name.equals("sessionizer") && !IN_KAFKA_CLIENTS.contains(name))
                    .forEach(embedded::add);
            assertEquals("CycloneDX", bom.get("bomFormat").asText());
            assertTrue(
                    listed.containsAll(List.of("kafka-streams", "kafka-clients", "rocksdbjni", "lz4-java")),
                    listed::toString);
            assertTrue(listed.containsAll(embedded), () -> embedded + " must be among " + listed);
            assertFalse(listed.contains("kafka_2.13"), listed::toString);
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
