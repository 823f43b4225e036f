package io.sessionizer.kafka;

import io.sessionizer.event.EventReader;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Parses each value once, where Kafka Streams still keeps the bytes of what fails. Total: a value that is no event makes
 * a rejected {@link Incoming}, never an exception.
 */
final class IncomingDeserializer implements Deserializer<Incoming> {
    /** Kafka Streams shares one deserializer between its threads; a reader serves one. */
    private final ThreadLocal<EventReader> readers;

    IncomingDeserializer(Supplier<EventReader> readers) {
        this.readers = ThreadLocal.withInitial(readers);
    }

    @Override
    public Incoming deserialize(String topic, byte[] value) {
        if (value == null) {
            return Incoming.of(Incoming.Kind.ERASURE, null);
        }
        EventReader reader = readers.get();
        return switch (reader.read(value)) {
            case COUNTS ->
                understood(new Incoming(Incoming.Kind.EVENT, value, reader.slot(), reader.from(), reader.to()), reader);
            case EXCLUDED -> {
                Incoming excluded = understood(Incoming.of(Incoming.Kind.UNCOUNTED, value), reader);
                excluded.isExcluded = true;
                yield excluded;
            }
            case UNTRACKED -> understood(Incoming.of(Incoming.Kind.UNCOUNTED, value), reader);
            case REJECTED -> {
                Incoming rejected = Incoming.of(Incoming.Kind.REJECTED, value);
                rejected.reject(reader.reason(), reader.detail());
                yield rejected;
            }
        };
    }

    private static Incoming understood(Incoming incoming, EventReader reader) {
        incoming.user = reader.user();
        incoming.time = reader.hasReadableTime() ? reader.time() : UNREADABLE_TIME;
        return incoming;
    }

    /** Of an uncounted event whose time says nothing: it is no cause to dead-letter it, but moves no clock. */
    static final long UNREADABLE_TIME = Long.MIN_VALUE;
}
