package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.json.Utf8;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.session.ClockRules;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Classifies a record and determines how far it advances its partition's clock: the only place that has the value, key,
 * headers and timestamp of a record together. The timestamp it returns follows contract section 3. So the task's stream
 * time, which Kafka Streams restores with the committed offsets, is the partition's clock as advanced by records, and
 * no changelog record has a timestamp ahead of the wall clock, which a broker would reject. Never throws.
 */
public final class InputTimestampExtractor implements TimestampExtractor {
    private final SessionizerSettings settings;
    private final Stamper stamper;
    private final OutputLimits limits;
    private final int maxEnrichedBytes;
    private final LongSupplier wall;
    private final boolean isRepartitioned;

    public InputTimestampExtractor(SessionizerSettings settings, OutputLimits limits, LongSupplier wall) {
        this.settings = settings;
        this.stamper = new Stamper(settings.input().format());
        this.limits = limits;
        this.maxEnrichedBytes = limits.topic(TopicRole.ENRICHED).maxBytes();
        this.wall = wall;
        this.isRepartitioned = settings.input().userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        InputRecord input = (InputRecord) record.value();
        long now = wall.getAsLong();
        input.recordTime = record.timestamp();
        if (!isRepartitioned || input.kind == InputRecord.InputKind.ERASURE) {
            readUserFromKey(input, (byte[]) record.key());
        }
        switch (input.kind) {
            case EVENT -> validateEvent(input, record, now);
            case UNCOUNTED -> validateUncounted(input, record);
            case ERASURE -> validateUser(input);
            case REJECTED -> {}
        }
        return Math.max(Math.max(partitionTime, 0), advancedBy(input, now));
    }

    private static long advancedBy(InputRecord input, long now) {
        return switch (input.kind) {
            case EVENT, UNCOUNTED -> ClockRules.advancedBy(input.time, input.recordTime, now);
            case ERASURE, REJECTED -> ClockRules.NONE;
        };
    }

    private static void readUserFromKey(InputRecord input, byte[] key) {
        boolean isUser = key != null && Utf8.isText(key);
        if (isUser) {
            input.user = key;
        } else if (input.kind != InputRecord.InputKind.UNCOUNTED && input.reason != RejectionReason.MALFORMED_JSON) {
            input.reject(
                    RejectionReason.NO_USER,
                    "The record's key must be the user: UTF-8 text that is not empty. Found: "
                            + (key == null ? "no key" : key.length == 0 ? "an empty key" : "bytes that are not UTF-8"));
        }
    }

    private void validateEvent(InputRecord input, ConsumerRecord<Object, Object> record, long now) {
        if (input.time == EventReader.NO_TIME) {
            input.time = record.timestamp();
        }
        if (input.time < 0) {
            input.reject(
                    RejectionReason.BAD_TIMESTAMP,
                    settings.input().format().timeField()
                            + ": must be there when the record has no timestamp of its own. Found: neither");
        } else if (input.time > now + settings.clock().maxFutureMs()) {
            input.reject(
                    RejectionReason.FUTURE_TIMESTAMP,
                    settings.input().format().timeField() + ": must be at most "
                            + settings.clock().maxFutureMs() + " ms ahead of the wall clock, "
                            + Instant.ofEpochMilli(now) + ". Found: " + Instant.ofEpochMilli(input.time));
        } else {
            int stamped = stamper.stampedLength(input.stampable());
            validateSize(input, record, stamped + OutputLimits.SESSION_HEADER_BYTES);
            validateUser(input);
        }
    }

    private void validateUncounted(InputRecord input, ConsumerRecord<Object, Object> record) {
        if (input.time == EventReader.NO_TIME) {
            input.time = record.timestamp();
        }
        if (settings.input().uncounted() == SessionizerSettings.Uncounted.FORWARD) {
            validateSize(input, record, input.value.length);
            if (isRepartitioned && input.hasUser()) {
                validateUser(input);
            }
        }
    }

    private void validateUser(InputRecord input) {
        if (input.kind != InputRecord.InputKind.REJECTED && input.user.length > limits.maxUserBytes()) {
            input.reject(
                    RejectionReason.TOO_LARGE,
                    "The user must be at most " + limits.maxUserBytes() + " bytes. Found: " + input.user.length);
        }
    }

    private void validateSize(InputRecord input, ConsumerRecord<Object, Object> record, int outputBytes) {
        byte[] key = input.hasUser() ? input.user : (byte[]) record.key();
        int keyBytes = key == null ? 0 : key.length;
        long output = OutputLimits.recordBytes(keyBytes, outputBytes, record.headers());
        int repartitionValueBytes = input.value.length + RepartitionRecord.MAX_HEADER_BYTES;
        long repartitionBytes =
                isRepartitioned ? OutputLimits.recordBytes(keyBytes, repartitionValueBytes, record.headers()) : 0;
        if (output > maxEnrichedBytes) {
            rejectTooLarge(input, "in the enriched topic", maxEnrichedBytes, output);
        } else if (repartitionBytes > limits.internalBytes()) {
            rejectTooLarge(input, "in the repartition topic", limits.internalBytes(), repartitionBytes);
        }
    }

    private static void rejectTooLarge(InputRecord input, String where, int max, long found) {
        input.reject(
                RejectionReason.TOO_LARGE,
                "The record must be at most " + max + " bytes " + where + ". Found: " + found);
    }
}
