package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionizer.docs.MarkdownPage;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.StringConverter;
import org.apache.kafka.connect.transforms.HoistField;
import org.junit.jupiter.api.Test;

/** Up to the connector itself, which is not at hand, docs/recipes/bigquery.md makes records with keys and a schema. */
class BigQueryRecipeTest {
    private static final String VALUE = "value.converter.";
    private static final String KEY = "transforms.key.";

    private final Map<String, String> connector = new ObjectMapper()
            .readValue(
                    RecipeEnvironment.blocks(MarkdownPage.read("docs/recipes/bigquery.md"), "json")
                            .get(0),
                    new TypeReference<>() {});

    BigQueryRecipeTest() throws Exception {}

    @Test
    void theValueIsTheRow_andTheKeyARecord() throws Exception {
        SinkRecord record = convert(SessionRows.row("s1", "user-1", 600, 2));

        Struct value = (Struct) record.value();
        assertEquals(
                List.of("session_id", "user_id", "started_at", "ended_at", "length_s", "event_count", "revision"),
                value.schema().fields().stream().map(Field::name).toList());
        assertEquals("s1", value.get("session_id"));
        assertEquals(new Date(1468308940000L), value.get("ended_at"));
        assertEquals(600L, value.get("length_s"));
        assertEquals(2, value.get("revision"));
        assertEquals("s1", ((Struct) record.key()).get("id"));
    }

    @Test
    void aDeletionHasAKeyAlone() {
        SinkRecord record = convert(SessionRows.deletion("s1"));

        assertEquals("s1", ((Struct) record.key()).get("id"));
        assertNull(record.value());
    }

    private SinkRecord convert(ProducerRecord<byte[], byte[]> record) {
        try (JsonConverter json = new JsonConverter();
                HoistField.Key<SinkRecord> hoist = new HoistField.Key<>()) {
            assertEquals(JsonConverter.class.getName(), connector.get("value.converter"));
            assertEquals(HoistField.Key.class.getName(), connector.get("transforms.key.type"));
            assertEquals(StringConverter.class.getName(), connector.get("key.converter"));
            json.configure(settings(VALUE), false);
            hoist.configure(settings(KEY));
            SchemaAndValue key = new StringConverter().toConnectData(record.topic(), record.key());
            SchemaAndValue value = json.toConnectData(record.topic(), record.value());
            return hoist.apply(
                    new SinkRecord(record.topic(), 0, key.schema(), key.value(), value.schema(), value.value(), 0));
        }
    }

    private Map<String, String> settings(String prefix) {
        Map<String, String> settings = new HashMap<>();
        connector.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                settings.put(name.substring(prefix.length()), value);
            }
        });
        return settings;
    }
}
