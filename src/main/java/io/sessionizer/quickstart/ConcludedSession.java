package io.sessionizer.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A Session Concluded event, read from its topic (specification, section 1).
 *
 * @param id the session
 * @param revision how often it has concluded, at least 1
 * @param lengthSeconds from its first event to its last
 * @param events number of events
 * @param lastActivity the time of its last event, in epoch seconds; it is taken from the record's timestamp, since the
 *     formats write times differently
 * @param mergedInto the session that its events belong to now, if it was merged
 */
record ConcludedSession(
        String id, long revision, long lengthSeconds, long events, long lastActivity, Optional<String> mergedInto) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a record's value.
     *
     * @param data the path of the data in the format
     * @param timestampMs the record's timestamp, epoch ms
     */
    static ConcludedSession read(byte[] value, List<String> data, long timestampMs) throws IOException {
        JsonNode properties = at(JSON.readTree(value), data);
        return new ConcludedSession(
                properties.path("Session ID").asText(),
                properties.path("Revision").asLong(),
                properties.path("Session Length").asLong(),
                properties.path("Event Count").asLong(),
                timestampMs / 1000,
                Optional.ofNullable(properties.get("Merged Into")).map(JsonNode::asText));
    }

    /** The session identified by user and id: ids of the epoch forms are unique only among the sessions of a user. */
    ConcludedSession of(String user) {
        return new ConcludedSession(
                key(user, id),
                revision,
                lengthSeconds,
                events,
                lastActivity,
                mergedInto.map(other -> key(user, other)));
    }

    /** A session of a user. */
    static String key(String user, String id) {
        return user + "|" + id;
    }

    /** The value at a path of names. */
    static JsonNode at(JsonNode event, List<String> path) {
        JsonNode node = event;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }
}
