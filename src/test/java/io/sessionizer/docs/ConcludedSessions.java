package io.sessionizer.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The latest revision of each session in session-concluded. */
final class ConcludedSessions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> latest = new HashMap<>();

    /** Takes a record; a repeated or older one changes nothing. */
    void accept(ConsumerRecord<String, String> record) throws IOException {
        JsonNode session = JSON.readTree(record.value()).get("evtData");
        latest.merge(
                record.key() + " " + session.get("Session ID").asText(),
                session,
                (known, read) ->
                        read.get("Revision").asInt() >= known.get("Revision").asInt() ? read : known);
    }

    /** The id that the events of a session have now, where it may have been merged since they were stamped. */
    String currentId(String user, String id) {
        JsonNode session = latest.get(user + " " + id);
        boolean isMerged = session != null && session.has("Merged Into");
        return isMerged ? currentId(user, session.get("Merged Into").asText()) : id;
    }

    /** Seconds of all sessions, each counted once. */
    long totalSeconds() {
        return latest.values().stream()
                .mapToLong(session -> session.get("Session Length").asLong())
                .sum();
    }
}
