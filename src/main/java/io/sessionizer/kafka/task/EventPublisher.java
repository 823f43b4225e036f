package io.sessionizer.kafka.task;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.Stamper;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.session.SessionId;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes events to the enriched topic: those that count with their session's id, in the value and in a header. */
final class EventPublisher {
    private static final String SESSION_HEADER = "ct-session-id";

    private final ProcessorContext<byte[], byte[]> context;
    private final Stamper stamper;
    private final Supplier<TopicLimit> limit;
    private final String sink;
    private final Now now;

    /** @param sink name of the sink node that writes the enriched topic for this processor */
    EventPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, String sink) {
        this.sink = sink;
        this.context = context;
        this.stamper = new Stamper(scope.settings().input().format());
        this.limit = scope.topics().limits().topic(TopicRole.ENRICHED);
        this.now = scope.now();
    }

    /** Writes the session's id into a copy of the event, which it returns, and into the event's {@code headers}. */
    byte[] stamp(StampableEvent event, SessionId id, Headers headers) {
        byte[] text = id.toBytes();
        headers.remove(SESSION_HEADER).add(SESSION_HEADER, text);
        return stamper.stamp(event, text);
    }

    /**
     * Forwards an event, stamped or unchanged.
     *
     * @param timeMs event time or the record's own timestamp, epoch ms; if negative, the wall clock is used
     */
    void publish(byte[] key, byte[] value, long timeMs, Headers headers) {
        long timestamp = limit.get().timestamp(timeMs, now.wallMs());
        context.forward(new Record<>(key, value, timestamp, headers), sink);
    }
}
