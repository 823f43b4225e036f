package io.sessionizer.quickstart.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One record on its way to the events topic. The value's bytes are handed over, not copied.
 *
 * @param arrival the record's own timestamp in epoch ms: when it reaches the broker, not when the user did it
 * @param user the record's key; empty if it has none
 * @param value the event as JSON, or what should be
 */
public record SampleRecord(long arrival, Optional<String> user, byte[] value) {
    static SampleRecord of(long arrival, String user, String json) {
        return new SampleRecord(arrival, Optional.of(user), json.getBytes(StandardCharsets.UTF_8));
    }

    /** The key as it goes to Kafka, which spells no key as null. */
    byte[] key() {
        return user.map(name -> name.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }
}
