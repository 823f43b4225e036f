package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.Rejection;
import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.Location.HeaderLocation;
import io.sessionizer.kafka.config.ErasureHeader;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads each record's value once, together with its key and headers if the format has fields in them. Never throws: a
 * value that is not an event becomes a rejected {@link InputRecord}. Thread-safe.
 */
final class InputReader {
    /** Kafka Streams shares one extractor between its threads; an event reader is not thread-safe. */
    private final ThreadLocal<EventReader> readers;

    private final List<String> nameHeaders;
    private final boolean erasesOnNull;

    InputReader(InputSettings settings) {
        boolean userInPayload = settings.userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
        readers = ThreadLocal.withInitial(() -> new EventReader(settings.format(), userInPayload));
        nameHeaders = settings.format().of(EventField.NAME).stream()
                .filter(HeaderLocation.class::isInstance)
                .map(location -> ((HeaderLocation) location).name())
                .toList();
        erasesOnNull = settings.erasesOnNull();
    }

    /** @param key the key without a schema registry's prefix; null if the record has none */
    void read(InputRecord input, byte[] key, Headers headers) {
        if (input.value() != null) {
            read(input, input.value(), key, headers);
        } else if (ErasureHeader.isIn(headers)) {
            input.readAsErasure();
        } else if (nameHeaders.stream().anyMatch(name -> headers.lastHeader(name) != null)) {
            read(input, StampableEvent.NO_VALUE, key, headers);
        } else if (erasesOnNull) {
            input.readAsErasure();
        } else {
            input.readAsIgnored();
        }
    }

    private void read(InputRecord input, byte[] value, byte[] key, Headers headers) {
        EventReader reader = readers.get();
        switch (reader.isBesideRead()
                ? reader.read(value, Optional.ofNullable(key), name -> last(headers, name))
                : reader.read(value)) {
            case COUNTS -> input.readAsEvent(reader.stampable(), reader.user(), reader.time());
            case EXCLUDED, UNTRACKED ->
                input.readAsUncounted(value, reader.user(), timeOf(reader), reader.uncountedReason());
            case REJECTED -> input.readAsRejected(new Rejection(reader.reason(), reader.detail()), reader.time());
        }
    }

    private static Optional<byte[]> last(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value);
    }

    private static long timeOf(EventReader reader) {
        return reader.hasReadableTime() ? reader.time() : InputRecord.UNREADABLE_TIME;
    }
}
