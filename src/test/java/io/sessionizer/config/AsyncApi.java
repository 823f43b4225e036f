package io.sessionizer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published description of the topics, with every reference in it followed. */
public final class AsyncApi {
    static final Path FILE = Path.of("config/asyncapi.yaml");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;

    private AsyncApi(JsonNode document) {
        this.document = document;
    }

    /** @throws IllegalArgumentException if a reference leads nowhere */
    public static AsyncApi read() {
        JsonNode raw = yaml(FILE);
        return new AsyncApi(followed(raw, raw, FILE));
    }

    /** A YAML file, anchors resolved, keys unique. */
    static JsonNode yaml(Path file) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object loaded = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            return MAPPER.valueToTree(loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema in a file, with all references resolved. */
    static JsonNode schema(Path file) {
        JsonNode raw = json(file);
        return followed(raw, raw, file);
    }

    private static JsonNode followed(JsonNode node, JsonNode root, Path file) {
        if (node.has("$ref")) {
            return target(node.get("$ref").asText(), root, file);
        }
        if (node.isObject()) {
            ObjectNode copy = MAPPER.createObjectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), followed(field.getValue(), root, file)));
            return copy;
        }
        if (node.isArray()) {
            var copy = MAPPER.createArrayNode();
            node.forEach(item -> copy.add(followed(item, root, file)));
            return copy;
        }
        return node;
    }

    private static JsonNode target(String reference, JsonNode root, Path file) {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        Path other = path.isEmpty() ? file : file.resolveSibling(path);
        JsonNode otherRoot = path.isEmpty() ? root : json(other);
        JsonNode target = hash < 0 ? otherRoot : otherRoot.at(reference.substring(hash + 1));
        if (target.isMissingNode()) {
            throw new IllegalArgumentException(file + ": a reference must lead somewhere. Found: " + reference);
        }
        return followed(target, otherRoot, other);
    }

    JsonNode document() {
        return document;
    }

    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        document.get("channels")
                .forEach(channel -> topics.add(channel.get("address").asText()));
        return topics;
    }

    public boolean isCompacted(String topic) {
        return document.at("/channels/" + topic + "/bindings/kafka/topicConfiguration/cleanup.policy/0")
                .asText()
                .equals("compact");
    }

    /** The names of the topic's messages that such a record is. */
    public List<String> messagesLike(String topic, byte[] key, byte[] value, Headers headers) {
        return violations(topic, key, value, headers).entrySet().stream()
                .filter(message -> message.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What each of the topic's messages has against such a record. */
    public Map<String, List<String>> violations(String topic, byte[] key, byte[] value, Headers headers) {
        JsonNode messages = document.at("/channels/" + topic + "/messages");
        return messages.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, message -> violations(message.getValue(), key, value, headers)));
    }

    private static List<String> violations(JsonNode message, byte[] key, byte[] value, Headers headers) {
        List<String> refusals = new ArrayList<>();
        refusals.addAll(errors(message.at("/bindings/kafka/key"), text(key)));
        refusals.addAll(errors(message.path("headers"), asObject(headers)));
        refusals.addAll(errors(message.path("payload"), payload(value)));
        return refusals;
    }

    /** The violations of the schema in a file by a record's value. */
    public static List<String> errors(Path schema, byte[] value) {
        return errors(schema(schema), payload(value));
    }

    /** What a schema has against a value; nothing where there is no schema. */
    static List<String> errors(JsonNode schema, JsonNode value) {
        return schema.isMissingNode()
                ? List.of()
                : SCHEMAS.getSchema(schema).validate(value).stream()
                        .map(Object::toString)
                        .toList();
    }

    private static JsonNode asObject(Headers headers) {
        ObjectNode object = MAPPER.createObjectNode();
        headers.forEach(header -> object.set(header.key(), text(header.value())));
        return object;
    }

    private static JsonNode payload(byte[] value) {
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return MAPPER.readTree(new String(value, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return text(value);
        }
    }

    private static JsonNode text(byte[] bytes) {
        return bytes == null
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.textNode(new String(bytes, StandardCharsets.UTF_8));
    }
}
