package io.sessionizer.kafka;

import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.StreamsProperties;
import java.util.Map;

/** What the service gives Kafka Streams, for those that are compared with it under the same settings. */
public final class ShippedProperties {
    private ShippedProperties() {}

    public static Map<String, Object> of(SessionizerSettings settings) {
        return StreamsProperties.of(settings);
    }
}
