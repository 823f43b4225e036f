package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
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
            return InputRecord.of(InputRecord.InputKind.ERASURE, null);
        }
        EventReader reader = readers.get();
        return switch (reader.read(value)) {
            case COUNTS -> parsed(InputRecord.of(reader.stampable()), reader);
            case EXCLUDED -> {
                InputRecord excluded = parsed(InputRecord.of(InputRecord.InputKind.UNCOUNTED, value), reader);
                excluded.isExcluded = true;
                yield excluded;
            }
            case UNTRACKED -> parsed(InputRecord.of(InputRecord.InputKind.UNCOUNTED, value), reader);
            case REJECTED -> {
                InputRecord rejected = InputRecord.of(InputRecord.InputKind.REJECTED, value);
                rejected.reject(reader.reason(), reader.detail());
                yield rejected;
            }
        };
    }

    private static InputRecord parsed(InputRecord input, EventReader reader) {
        input.user = reader.user();
        input.time = reader.hasReadableTime() ? reader.time() : UNREADABLE_TIME;
        return input;
    }

    /** Time of an uncounted event whose time is invalid: it is not dead-lettered, and does not advance the clock. */
    static final long UNREADABLE_TIME = Long.MIN_VALUE;
}
