package io.sessionizer.docs.recipes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionizer.docs.MarkdownPage;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of the sessions table, made from the row of docs/recipes/README.md. */
final class SessionRows {
    static final String TOPIC = "sessions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SessionRows() {}

    /**
     * Writes three sessions of three users, of which the longest concluded twice, one that is deleted again, and one in
     * a transaction that is aborted.
     */
    static void publish(RecipeEnvironment environment) throws IOException {
        environment.publish(List.of(
                row("s1", "user-1", 300, 1),
                row("s2", "user-2", 60, 1),
                row("s3", "user-1", 60, 1),
                row("s1", "user-1", 600, 2),
                deletion("s3")));
        environment.abort(List.of(row("s4", "user-4", 60, 1)));
        environment.publish(List.of(row("s5", "user-5", 0, 1)));
    }

    static ProducerRecord<byte[], byte[]> row(String id, String user, long lengthSeconds, int revision)
            throws IOException {
        String example = RecipeEnvironment.blocks(MarkdownPage.read("docs/recipes/README.md"), "json")
                .get(0);
        ObjectNode row = (ObjectNode) JSON.readTree(example);
        row.put("session_id", id);
        row.put("user_id", user);
        row.put("ended_at", row.get("started_at").asLong() + lengthSeconds * 1000);
        row.put("length_s", lengthSeconds);
        row.put("revision", revision);
        return RecipeEnvironment.record(TOPIC, id, row.toString());
    }

    static ProducerRecord<byte[], byte[]> deletion(String id) {
        return RecipeEnvironment.record(TOPIC, id, null);
    }
}
