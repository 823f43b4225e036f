package io.sessionizer.kafka.task;

import io.sessionizer.kafka.config.NodeNames;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.input.InputRecord;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.kafka.topics.TopicLimit;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Publishes rejected records to the dead letter topic, with the reason, and with as much of the record as the topic
 * accepts.
 */
final class DeadLetterPublisher {
    private final ProcessorContext<byte[], byte[]> context;
    private final Supplier<TopicLimit> limit;
    private final Now now;
    private final DeadLetterLog log;

    DeadLetterPublisher(ProcessorContext<byte[], byte[]> context, InstanceScope scope, DeadLetterLog log) {
        this.log = log;
        this.context = context;
        this.limit = scope.topics().limits().topic(TopicRole.DEAD_LETTER);
        this.now = scope.now();
    }

    void publish(Record<byte[], InputRecord> record) {
        InputRecord input = record.value();
        Headers reasonHeaders = new RecordHeaders();
        RecordMetadata source = context.recordMetadata().orElseThrow();
        add(reasonHeaders, "dead-letter-reason", input.rejection().reason().name());
        add(reasonHeaders, "dead-letter-detail", input.rejection().detail());
        add(reasonHeaders, "dead-letter-topic", source.topic());
        add(reasonHeaders, "dead-letter-partition", Integer.toString(source.partition()));
        add(reasonHeaders, "dead-letter-offset", Long.toString(source.offset()));
        addKafkasOwn(reasonHeaders, source, input.rejection().detail());
        long time = limit.get().timestamp(input.recordTimeMs(), now.wallMs());
        context.forward(
                truncatedToFit(
                        record.key(), input.value(), time, withReason(record.headers(), reasonHeaders), reasonHeaders),
                NodeNames.DEAD_LETTER_SINK);
        log.deadLettered(input.rejection().reason(), source);
    }

    /** Adds the headers that tools for the dead letter queues of Kafka Streams show (KIP-1034). */
    private static void addKafkasOwn(Headers headers, RecordMetadata source, String message) {
        add(headers, "__streams.errors.topic", source.topic());
        add(headers, "__streams.errors.partition", Integer.toString(source.partition()));
        add(headers, "__streams.errors.offset", Long.toString(source.offset()));
        add(headers, "__streams.errors.message", message);
    }

    /** The original record, or the part of it that fits: its headers locate the original. */
    private Record<byte[], byte[]> truncatedToFit(
            byte[] key, byte[] value, long time, Headers headers, Headers reasonHeaders) {
        if (fits(key, value, headers)) {
            return new Record<>(key, value, time, headers);
        }
        if (fits(key, null, headers)) {
            return new Record<>(key, null, time, headers);
        }
        return new Record<>(fits(key, null, reasonHeaders) ? key : null, null, time, reasonHeaders);
    }

    private boolean fits(byte[] key, byte[] value, Headers headers) {
        int keyBytes = key == null ? 0 : key.length;
        int valueBytes = value == null ? 0 : value.length;
        return OutputLimits.recordBytes(keyBytes, valueBytes, headers)
                <= limit.get().maxBytes();
    }

    private static Headers withReason(Headers original, Headers reasonHeaders) {
        Headers headers = new RecordHeaders(original);
        reasonHeaders.forEach(header -> headers.remove(header.key()));
        reasonHeaders.forEach(headers::add);
        return headers;
    }

    private static void add(Headers headers, String key, String text) {
        headers.add(key, text.getBytes(StandardCharsets.UTF_8));
    }
}
