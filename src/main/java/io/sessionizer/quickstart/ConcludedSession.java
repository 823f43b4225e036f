package io.sessionizer.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * A Session Concluded event, read from its topic (specification, section 1).
 *
 * @param id the session
 * @param revision how often it has concluded, at least 1
 * @param lengthSeconds from its first event to its last
 * @param events number of events
 * @param lastActivity its last event's time, in epoch seconds
 * @param mergedInto the session that its events belong to now, if it was merged
 */
record ConcludedSession(
        String id, long revision, long lengthSeconds, long events, long lastActivity, Optional<String> mergedInto) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ConcludedSession read(byte[] value) throws IOException {
        JsonNode event = JSON.readTree(value);
        JsonNode data = event.path("evtData");
        return new ConcludedSession(
                data.path("Session ID").asText(),
                data.path("Revision").asLong(),
                data.path("Session Length").asLong(),
                data.path("Event Count").asLong(),
                event.path("ts").asLong(),
                Optional.ofNullable(data.get("Merged Into")).map(JsonNode::asText));
    }
}
