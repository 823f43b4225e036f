package io.sessionizer.kafka.input;

import org.apache.kafka.common.serialization.Deserializer;

/**
 * Wraps each value, unread: what it means may depend on the record's key and headers, which {@link InputTimestampExtractor}
 * gets. A null value is a record, too.
 */
public final class InputDeserializer implements Deserializer<InputRecord> {
    @Override
    public InputRecord deserialize(String topic, byte[] value) {
        return InputRecord.unread(value);
    }
}
