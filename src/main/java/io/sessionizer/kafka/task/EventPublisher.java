package io.sessionizer.kafka.task;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.SessionStamp;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.session.EventAdded;
import io.sessionizer.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes events to the enriched topic: those that count with their session's id, in the value and in a header. */
final class EventPublisher {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final ProcessorContext<byte[], byte[]> context;
    private final Stamper stamper;
    private final SessionStamp settings;
    private final Supplier<TopicLimit> limit;
    private final String sink;
    private final Now now;

    /** @param sink name of the sink node that writes the enriched topic for this processor */
    EventPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, String sink) {
        this.sink = sink;
        this.context = context;
        EventFormat format = scope.settings().input().format();
        this.stamper = new Stamper(format);
        this.settings = format.stamp();
        this.limit = scope.topics().limits().topic(TopicRole.ENRICHED);
        this.now = scope.now();
    }

    /** Returns a copy of the event with the session id, and writes the configured headers. */
    byte[] stamp(StampableEvent event, EventAdded added, Headers headers) {
        SessionId id = added.session().id();
        if (settings.hasHeader()) {
            headers.remove(settings.header()).add(settings.header(), id.toBytes());
        }
        if (settings.hasStartHeader()) {
            headers.remove(settings.startHeader());
            if (added.outcome() == EventAdded.Outcome.OPENED) {
                headers.add(settings.startHeader(), TRUE);
            }
        }
        return stamper.stamp(event, id);
    }

    /**
     * Forwards an event, stamped or unchanged.
     *
     * @param timeMs event time or the record's own timestamp, epoch ms; if negative, the wall clock is used
     */
    void publish(byte[] key, byte[] value, long timeMs, Headers headers) {
        long timestamp = limit.get().timestamp(timeMs, now.wallMs());
        byte[] published = value == StampableEvent.NO_VALUE ? null : value;
        context.forward(new Record<>(key, published, timestamp, headers), sink);
    }
}
