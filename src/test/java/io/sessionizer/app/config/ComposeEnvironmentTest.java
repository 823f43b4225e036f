package io.sessionizer.app.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.app.config.Configuration.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the compose file gives the service is what the service takes. */
class ComposeEnvironmentTest {
    @Test
    void isAConfiguration() throws IOException {
        JsonNode compose =
                new ObjectMapper().valueToTree(new Yaml().load(Files.readString(Path.of("docker-compose.yml"))));
        Map<String, String> environment = new HashMap<>();
        compose.at("/services/sessionizer/environment")
                .properties()
                .forEach(variable -> environment.put(
                        variable.getKey(),
                        withoutHostVariables(variable.getValue().asText())));

        assertTrue(environment.containsKey("SESSIONIZER_HTTP_HOST"));
        assertInstanceOf(
                Valid.class,
                Configuration.load(Map.of(), environment),
                () -> Configuration.load(Map.of(), environment).toString());
    }

    /** Compose replaces {@code ${NAME:-default}} by a variable of the host, or the default. */
    private static String withoutHostVariables(String value) {
        return value.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1");
    }
}
