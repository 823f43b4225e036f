package io.sessionizer.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sessionizer.event.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published description of the topics, and the schemas of their values, hold together. */
class AsyncApiTest {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AsyncApi api = AsyncApi.read();

    /** The schemas of the default format. */
    private static List<Path> schemas() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("config/schemas"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("definitions.json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void followsEveryReference() {
        assertEquals("3.0.0", api.document().get("asyncapi").asText());
        assertFalse(api.document().toString().contains("$ref"));
        assertEquals(8, api.topics().size());
    }

    @Test
    void givesEveryChannelItsAddressAsName_messagesAndAnOperation() {
        Set<String> operated = new HashSet<>();
        api.document()
                .get("operations")
                .forEach(operation ->
                        operated.add(operation.at("/channel/address").asText()));

        api.document().get("channels").properties().forEach(channel -> {
            assertEquals(channel.getKey(), channel.getValue().get("address").asText());
            assertFalse(channel.getValue().get("messages").isEmpty(), channel.getKey());
            assertTrue(operated.contains(channel.getKey()), channel.getKey());
        });
    }

    @Test
    void usesEverySchema() throws IOException {
        String text = Files.readString(AsyncApi.FILE);

        for (Path schema : schemas()) {
            assertTrue(text.contains("$ref: schemas/" + schema.getFileName()), schema.toString());
        }
    }

    @Test
    void namesEveryReasonOfADeadLetter_inTheirOrder() {
        JsonNode reasons = api.document()
                .at("/channels/events-dead-letter/messages/deadLetter/headers/properties/dead-letter-reason/enum");

        assertEquals(
                Arrays.stream(RejectionReason.values())
                        .map(RejectionReason::name)
                        .toList(),
                StreamSupport.stream(reasons.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void eachSchemaIsOneOfItsDialect_andTakesItsExamples(Path file) {
        JsonNode schema = AsyncApi.schema(file);

        assertEquals(DIALECT, schema.get("$schema").asText());
        assertEquals(
                List.of(),
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of(DIALECT))
                        .validate(schema));
        assertFalse(schema.get("examples").isEmpty());
        for (JsonNode example : schema.get("examples")) {
            assertEquals(List.of(), AsyncApi.errors(schema, example));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        event             | 0 | /evtName                    |
        event             | 0 | /evtName                    | ""
        event             | 0 | /evtData                    | []
        event             | 0 | /ts                         | -1
        event             | 0 | /identity                   | true
        enriched-event    | 0 | /evtData                    |
        enriched-event    | 0 | /evtData/CT Session ID      |
        enriched-event    | 0 | /evtData/CT Session ID      | "0155e0a5-8720-4c57-9f61-3c2d9d8e1a44"
        enriched-event    | 0 | /type                       | "profile"
        enriched-event    | 0 | /evtName                    | "Session Concluded"
        session-concluded | 0 | /identity                   |
        session-concluded | 0 | /evtName                    | "Something"
        session-concluded | 0 | /ts                         | 1468308940.5
        session-concluded | 0 | /ts                         | "1468308940"
        session-concluded | 0 | /evtData/Session Length     | -1
        session-concluded | 0 | /evtData/Event Count        | 0
        session-concluded | 0 | /evtData/Revision           | 0
        session-concluded | 0 | /evtData/Session ID         | "42"
        session-concluded | 0 | /evtData/More               | 1
        session-concluded | 1 | /evtData/Session Length     | 1
        session-concluded | 1 | /evtData/Event Count        | 1
        session-concluded | 1 | /evtData/Merged Into        |
        session-profile   | 0 | /Status                     | "merged"
        session-profile   | 0 | /CT Session ID              |
        session-profile   | 0 | /Event Count                | 0
        session-profile   | 0 | /More                       | 1
        session-row       | 0 | /session_id                 | 1468308340000
        session-row       | 0 | /session_id                 | "user-42"
        session-row       | 0 | /user_id                    | ""
        session-row       | 0 | /ended_at                   |
        session-row       | 0 | /event_count                | 0
        session-row       | 0 | /revision                   | 0
        session-row       | 0 | /merged_into                | "x"
        session-settings  | 0 | /active                     | "true"
        session-settings  | 0 | /active                     |
        board-row         | 0 | /quarter                    | "2026-11-24T01:16:00Z"
        board-row         | 0 | /partition                  | -1
        board-row         | 0 | /Lengths                    | [[0,3,1]]
        board-row         | 0 | /Open Sessions              | 1
        board-row         | 1 | /Open Sessions              |
        board-row         | 1 | /Sessions                   | 1
        board-row         | 2 | /Uncounted Value            |
        board-row         | 2 | /Uncounted Part             | "colour"
        """)
    void rejectsInvalidRecords(String name, int example, String pointer, String value) throws IOException {
        JsonNode schema = AsyncApi.schema(Path.of("config/schemas/" + name + ".json"));
        JsonNode broken = schema.get("examples").get(example).deepCopy();
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) broken.at(pointer.substring(0, slash));
        String field = pointer.substring(slash + 1);
        if (value == null) {
            parent.remove(field);
        } else {
            parent.set(field, MAPPER.readTree(value));
        }

        assertFalse(AsyncApi.errors(schema, broken).isEmpty(), broken::toString);
    }
}
