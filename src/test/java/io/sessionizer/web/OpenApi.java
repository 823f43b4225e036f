package io.sessionizer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of the HTTP interface, as a reader of it understands it. */
final class OpenApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode root;

    OpenApi(String yaml) {
        root = MAPPER.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    }

    String version() {
        return root.get("openapi").textValue();
    }

    /** A line for each operation: method, path and statuses. */
    Set<String> operations() {
        Set<String> lines = new TreeSet<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<Integer> statuses = new TreeSet<>();
                    operation.getValue().get("responses").properties().forEach(response -> {
                        if (!response.getKey().equals("default")) {
                            statuses.add(Integer.valueOf(response.getKey()));
                        }
                    });
                    lines.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " " + statuses);
                }));
        return lines;
    }

    /** Fails unless the response is as described: its headers, its media type, and its JSON. */
    void check(String method, String path, RawHttpClient.RawResponse response) throws IOException {
        String where = method + " " + path + " " + response.status();
        JsonNode responses =
                root.get("paths").get(path).get(method.toLowerCase(Locale.ROOT)).get("responses");
        JsonNode described = resolved(responses.get(Integer.toString(response.status())));
        described.path("headers").properties().stream()
                .map(Map.Entry::getKey)
                .forEach(header -> assertFalse(
                        response.header(header.toLowerCase(Locale.ROOT)).isEmpty(), () -> where + ": " + header));
        if (!described.has("content")) {
            assertEquals("", response.body(), where);
            return;
        }
        String type = response.header("content-type").split(";", 2)[0];
        assertTrue(described.get("content").has(type), () -> where + ": " + type);
        if (type.equals("application/json")) {
            JsonNode schema = described.get("content").get(type).get("schema");
            var wrong = schema(schema).validate(MAPPER.readTree(response.body()));
            assertTrue(wrong.isEmpty(), () -> where + ": " + wrong + "\n" + response.body());
        }
    }

    /** Together with all components, which it may refer to. */
    private Schema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", root.get("components"));
        return SCHEMAS.getSchema(whole);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
