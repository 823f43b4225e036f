package io.sessionizer.quickstart.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A record for the events topic. The value is not copied.
 *
 * @param arrival the record's own timestamp in epoch ms: when it reaches the broker, not the event time
 * @param user the record's key; empty if it has none
 * @param value the event as JSON, possibly invalid
 */
public record SampleRecord(long arrival, Optional<String> user, byte[] value) {
    static SampleRecord of(long arrival, String user, String json) {
        return new SampleRecord(arrival, Optional.of(user), json.getBytes(StandardCharsets.UTF_8));
    }

    /** The key for Kafka; null if there is none. */
    byte[] key() {
        return user.map(name -> name.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }
}
