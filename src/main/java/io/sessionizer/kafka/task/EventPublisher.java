package io.sessionizer.kafka.task;

import io.sessionizer.event.Slot;
import io.sessionizer.event.Stamper;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.kafka.topics.TopicLimit;
import io.sessionizer.session.SessionId;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Publishes events to the enriched topic; counted events carry their session's id in the value and in a header. */
public final class EventPublisher {
    private static final String SESSION_HEADER = "ct-session-id";

    private final ProcessorContext<byte[], byte[]> context;
    private final Stamper stamper;
    private final TopicLimit limit;
    private final String sink;

    /** @param sink name of the sink node that writes the enriched topic for this processor */
    EventPublisher(
            ProcessorContext<byte[], byte[]> context, SessionizerSettings settings, OutputLimits limits, String sink) {
        this.sink = sink;
        this.context = context;
        this.stamper = new Stamper(settings.input().format());
        this.limit = limits.topic(TopicRole.ENRICHED);
    }

    /** Forwards the stamped event; modifies {@code headers}. */
    void publishStamped(byte[] user, Stampable event, SessionId id, Headers headers) {
        byte[] text = id.toBytes();
        byte[] value = stamper.stamp(event.value(), event.place(), event.from(), event.to(), text);
        headers.remove(SESSION_HEADER).add(SESSION_HEADER, text);
        forward(user, value, event.time(), headers);
    }

    /** Forwards an event unchanged: one that does not count, or any event while tracking is off. */
    void publishUnchanged(byte[] key, byte[] value, long recordTime, Headers headers) {
        forward(key, value, recordTime < 0 ? context.currentSystemTimeMs() : recordTime, headers);
    }

    private void forward(byte[] key, byte[] value, long time, Headers headers) {
        long timestamp = limit.clampTimestamp(time, context.currentSystemTimeMs());
        context.forward(new Record<>(key, value, timestamp, headers), sink);
    }

    /**
     * An event that counts, and the position of its stamp.
     *
     * @param time event time in epoch ms
     */
    public record Stampable(byte[] value, Slot place, int from, int to, long time) {}
}
