package io.sessionizer.kafka.input;

import org.apache.kafka.common.serialization.Deserializer;

/**
 * Wraps each value without reading it: its meaning may depend on the record's key and headers, which only {@link
 * InputTimestampExtractor} receives. A null value is wrapped, too.
 */
public final class InputDeserializer implements Deserializer<InputRecord> {
    @Override
    public InputRecord deserialize(String topic, byte[] value) {
        return InputRecord.unread(value);
    }
}
