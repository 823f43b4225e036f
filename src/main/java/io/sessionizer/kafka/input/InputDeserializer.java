package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.Rejection;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Parses each value once. Never throws: a value that is not an event becomes a rejected {@link InputRecord}.
 */
public final class InputDeserializer implements Deserializer<InputRecord> {
    /** Kafka Streams shares one deserializer between its threads; a reader is not thread-safe. */
    private final ThreadLocal<EventReader> readers;

    public InputDeserializer(Supplier<EventReader> readers) {
        this.readers = ThreadLocal.withInitial(readers);
    }

    @Override
    public InputRecord deserialize(String topic, byte[] value) {
        if (value == null) {
            return InputRecord.erasure();
        }
        EventReader reader = readers.get();
        return switch (reader.read(value)) {
            case COUNTS -> InputRecord.event(reader.stampable(), reader.user(), reader.time());
            case EXCLUDED -> InputRecord.uncounted(value, reader.user(), timeOf(reader), true);
            case UNTRACKED -> InputRecord.uncounted(value, reader.user(), timeOf(reader), false);
            case REJECTED -> InputRecord.rejected(value, new Rejection(reader.reason(), reader.detail()));
        };
    }

    private static long timeOf(EventReader reader) {
        return reader.hasReadableTime() ? reader.time() : InputRecord.UNREADABLE_TIME;
    }
}
