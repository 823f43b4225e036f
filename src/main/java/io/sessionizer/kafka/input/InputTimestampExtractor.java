package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.json.Utf8;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.record.RepartitionRecord;
import io.sessionizer.session.ClockRules;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Decides what a record is, and how far it moves its partition's clock: the one place that sees value, key, headers and
 * the record's own timestamp together. What it returns is the clock's rule of contract section 3, so the stream time of
 * the task, which Kafka Streams restores with the committed offsets, is the partition's clock as moved by records; and no
 * changelog record bears a timestamp ahead of the wall clock, which a broker would refuse. Total: it never throws.
 */
public final class InputTimestampExtractor implements TimestampExtractor {
    private final SessionizerSettings settings;
    private final Stamper stamper;
    private final OutputLimits limits;
    private final LongSupplier wall;
    private final boolean isRepartitioned;

    public InputTimestampExtractor(SessionizerSettings settings, OutputLimits limits, LongSupplier wall) {
        this.settings = settings;
        this.stamper = new Stamper(settings.format());
        this.limits = limits;
        this.wall = wall;
        this.isRepartitioned = settings.userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        InputRecord incoming = (InputRecord) record.value();
        long now = wall.getAsLong();
        incoming.recordTime = record.timestamp();
        if (!isRepartitioned || incoming.kind == InputRecord.InputKind.ERASURE) {
            takeUserFromKey(incoming, (byte[]) record.key());
        }
        switch (incoming.kind) {
            case EVENT -> judgeEvent(incoming, record, now);
            case UNCOUNTED -> judgeUncounted(incoming, record);
            case ERASURE -> judgeUser(incoming);
            case REJECTED -> {}
        }
        return Math.max(Math.max(partitionTime, 0), advancedBy(incoming, now));
    }

    private static long advancedBy(InputRecord incoming, long now) {
        return switch (incoming.kind) {
            case EVENT, UNCOUNTED -> ClockRules.advancedBy(incoming.time, incoming.recordTime, now);
            case ERASURE, REJECTED -> ClockRules.NONE;
        };
    }

    private static void takeUserFromKey(InputRecord incoming, byte[] key) {
        boolean isUser = key != null && Utf8.isText(key);
        if (isUser) {
            incoming.user = key;
        } else if (incoming.kind != InputRecord.InputKind.UNCOUNTED
                && incoming.reason != RejectionReason.MALFORMED_JSON) {
            incoming.reject(
                    RejectionReason.NO_USER,
                    "The record's key must be the user: UTF-8 text that is not empty. Found: "
                            + (key == null ? "no key" : key.length == 0 ? "an empty key" : "bytes that are not UTF-8"));
        }
    }

    private void judgeEvent(InputRecord incoming, ConsumerRecord<Object, Object> record, long now) {
        if (incoming.time == EventReader.NO_TIME) {
            incoming.time = record.timestamp();
        }
        if (incoming.time < 0) {
            incoming.reject(
                    RejectionReason.BAD_TIMESTAMP,
                    settings.format().timeField()
                            + ": must be there when the record has no timestamp of its own. Found: neither");
        } else if (incoming.time > now + settings.clock().maxFutureMs()) {
            incoming.reject(
                    RejectionReason.FUTURE_TIMESTAMP,
                    settings.format().timeField() + ": must be at most "
                            + settings.clock().maxFutureMs() + " ms ahead of the wall clock, "
                            + Instant.ofEpochMilli(now) + ". Found: " + Instant.ofEpochMilli(incoming.time));
        } else {
            int stamped = stamper.stampedLength(incoming.value.length, incoming.place, incoming.from, incoming.to);
            judgeSize(incoming, record, stamped + OutputLimits.SESSION_HEADER_BYTES);
            judgeUser(incoming);
        }
    }

    private void judgeUncounted(InputRecord incoming, ConsumerRecord<Object, Object> record) {
        if (incoming.time == EventReader.NO_TIME) {
            incoming.time = record.timestamp();
        }
        if (settings.uncounted() == SessionizerSettings.Uncounted.FORWARD) {
            judgeSize(incoming, record, incoming.value.length);
            if (isRepartitioned && incoming.hasUser()) {
                judgeUser(incoming);
            }
        }
    }

    private void judgeUser(InputRecord incoming) {
        if (incoming.kind != InputRecord.InputKind.REJECTED && incoming.user.length > limits.maxUserBytes()) {
            incoming.reject(
                    RejectionReason.TOO_LARGE,
                    "The user must be at most " + limits.maxUserBytes() + " bytes. Found: " + incoming.user.length);
        }
    }

    private void judgeSize(InputRecord incoming, ConsumerRecord<Object, Object> record, int outputBytes) {
        byte[] key = incoming.hasUser() ? incoming.user : (byte[]) record.key();
        int keyBytes = key == null ? 0 : key.length;
        long output = OutputLimits.recordBytes(keyBytes, outputBytes, record.headers());
        int repartitionValueBytes = incoming.value.length + RepartitionRecord.MAX_HEADER_BYTES;
        long repartitionBytes =
                isRepartitioned ? OutputLimits.recordBytes(keyBytes, repartitionValueBytes, record.headers()) : 0;
        if (output > limits.enriched().maxBytes()) {
            tooLarge(incoming, "in the enriched topic", limits.enriched().maxBytes(), output);
        } else if (repartitionBytes > limits.internalBytes()) {
            tooLarge(incoming, "in the repartition topic", limits.internalBytes(), repartitionBytes);
        }
    }

    private static void tooLarge(InputRecord incoming, String where, int max, long found) {
        incoming.reject(
                RejectionReason.TOO_LARGE,
                "The record must be at most " + max + " bytes " + where + ". Found: " + found);
    }
}
