package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.app.config.Configuration.Valid;
import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.MarkdownPage.CodeBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What the documented StatefulSet gives the service is what the service takes. */
class KubernetesExampleTest {
    private static final int SHUTDOWN_SECONDS = 30;

    private final JsonNode pod = pod();
    private final JsonNode container = pod.at("/containers/0");

    @TempDir
    private Path secrets;

    private static JsonNode pod() {
        String yaml = MarkdownPage.read("docs/operations.md").blocks().stream()
                .filter(block -> block.language().equals("yaml"))
                .map(CodeBlock::text)
                .findFirst()
                .orElseThrow();
        JsonNode set = new ObjectMapper().valueToTree(new Yaml().load(yaml));
        return set.at("/spec/template/spec");
    }

    @Test
    void itsEnvironmentIsAConfiguration() throws IOException {
        Path token = Files.writeString(secrets.resolve("token"), "0123456789abcdef");
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container.get("env")) {
            String value = variable.path("value").asText().replace("$(POD_NAME)", "sessionizer-0");
            environment.put(
                    variable.get("name").asText(), value.startsWith("/run/secrets/") ? token.toString() : value);
        }
        assertTrue(environment.remove("POD_NAME").isEmpty());

        Configuration configuration = Configuration.load(Map.of(), environment);

        Valid valid = assertInstanceOf(Valid.class, configuration, configuration::toString);
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            int port = container.at("/" + probe + "/httpGet/port").asInt();
            assertEquals(valid.http().healthPort().orElseThrow(), port, probe);
        }
    }

    @Test
    void asksTheProbesThatAreServed() throws IOException {
        String routes = Files.readString(Path.of("src/test/resources/golden/routes.txt"));
        for (String probe : new String[] {"startupProbe", "livenessProbe", "readinessProbe"}) {
            String path = container.at("/" + probe + "/httpGet/path").asText();
            assertTrue(routes.contains("GET " + path + " PROBE"), path);
        }
        assertTrue(pod.get("terminationGracePeriodSeconds").asInt() > SHUTDOWN_SECONDS);
    }
}
