package io.sessionizer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The compose file and what it mounts fit together, as far as can be checked without a container engine. */
class ComposeTest {
    private final JsonNode compose = AsyncApi.yaml(Path.of("docker-compose.yml"));
    private final JsonNode services = compose.get("services");

    @Test
    void mountsWhatIsThere_readOnly() {
        int mounted = 0;
        for (String volume : all("volumes")) {
            String[] parts = volume.split(":");
            if (parts[0].startsWith("./")) {
                assertTrue(Files.isDirectory(Path.of(parts[0])), volume);
                assertEquals("ro", parts[2], volume);
                mounted++;
            } else {
                assertTrue(compose.get("volumes").has(parts[0]), volume);
            }
        }
        assertEquals(4, mounted);
    }

    @Test
    void isReachedFromThisHostAlone() {
        List<String> ports = all("ports");

        assertEquals(4, ports.size());
        for (String port : ports) {
            assertTrue(port.matches("127\\.0\\.0\\.1:\\d+:\\d+"), port);
        }
    }

    @Test
    void namesTheVersionOfEachImage() {
        services.properties().stream()
                .filter(service -> !service.getValue().has("build"))
                .forEach(service -> assertTrue(
                        service.getValue().get("image").asText().matches(".+:v?\\d+\\.\\d+\\.\\d+"),
                        service.toString()));
    }

    @Test
    void givesNoContainerMoreThanItNeeds() throws IOException {
        services.properties().forEach(service -> {
            assertEquals("[\"ALL\"]", service.getValue().path("cap_drop").toString(), service.getKey());
            assertEquals(
                    "[\"no-new-privileges:true\"]",
                    service.getValue().path("security_opt").toString(),
                    service.getKey());
            assertTrue(service.getValue().has("mem_limit"), service.getKey());
            assertTrue(service.getValue().has("pids_limit"), service.getKey());
        });
        assertEquals(".", services.at("/sessionizer/build").asText());
        assertTrue(services.at("/sessionizer/read_only").asBoolean());
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertTrue(dockerfile.contains("\nUSER 10001:10001\n"));
        assertTrue(dockerfile.contains("\nHEALTHCHECK "));
    }

    /** A tag of an action can be moved to other code. */
    @Test
    void namesEachActionByItsCommit() throws IOException {
        int actions = 0;
        try (Stream<Path> workflows = Files.list(Path.of(".github/workflows"))) {
            for (Path workflow : workflows.toList()) {
                for (String line : Files.readAllLines(workflow)) {
                    if (line.contains("uses:")) {
                        assertTrue(line.matches(".*uses: [\\w./-]+@[0-9a-f]{40} # v[\\d.]+"), line);
                        actions++;
                    }
                }
            }
        }
        assertTrue(actions > 0);
    }

    @Test
    void runsMonitoringOnlyWhenAskedFor() {
        Set<String> monitoring = services.properties().stream()
                .filter(service -> service.getValue().has("profiles"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of("grafana", "prometheus"), monitoring);
        for (String name : monitoring) {
            assertEquals("monitoring", services.at("/" + name + "/profiles/0").asText());
        }
    }

    @Test
    void scrapesTheServiceAtThePortOfItsImage() throws IOException {
        JsonNode prometheus = AsyncApi.yaml(Path.of("config/prometheus/prometheus.yml"));
        String target =
                prometheus.at("/scrape_configs/0/static_configs/0/targets/0").asText();
        String dockerfile = Files.readString(Path.of("Dockerfile"));

        assertTrue(services.has(target.split(":")[0]), target);
        assertTrue(dockerfile.contains("\nEXPOSE " + target.split(":")[1] + "\n"), target);
        for (JsonNode file : prometheus.get("rule_files")) {
            assertTrue(Files.exists(Path.of("config/prometheus", file.asText())), file.asText());
        }
        assertEquals(
                target.split(":")[0],
                prometheus.at("/scrape_configs/0/job_name").asText());
    }

    @Test
    void showsGrafanaItsDataSourceAndDashboard() {
        JsonNode source = AsyncApi.yaml(Path.of("config/grafana/provisioning/datasources/prometheus.yml"))
                .at("/datasources/0");
        URI url = URI.create(source.get("url").asText());
        String folder = AsyncApi.yaml(Path.of("config/grafana/provisioning/dashboards/sessionizer.yml"))
                .at("/providers/0/options/path")
                .asText();
        String home = services.at("/grafana/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                .asText();

        assertTrue(services.has(url.getHost()), url::toString);
        assertTrue(all("volumes").contains("./config/grafana/dashboards:" + folder + ":ro"), folder);
        assertEquals(folder + "/sessionizer.json", home);
        assertTrue(Files.exists(Path.of("config/grafana/dashboards/sessionizer.json")));
    }

    private List<String> all(String part) {
        List<String> all = services.properties().stream()
                .map(service -> service.getValue().path(part))
                .flatMap(values -> StreamSupport.stream(values.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
        assertFalse(all.isEmpty(), part);
        return all;
    }
}
