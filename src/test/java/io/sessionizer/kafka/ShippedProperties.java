package io.sessionizer.kafka;

import java.util.Map;

/** What the service gives Kafka Streams, for those that are compared with it under the same settings. */
public final class ShippedProperties {
    private ShippedProperties() {}

    public static Map<String, Object> of(Settings settings) {
        return StreamsProperties.of(settings);
    }
}
