package io.sessionizer.kafka;

import io.sessionizer.codec.EventReader;
import io.sessionizer.codec.Reason;
import io.sessionizer.codec.Stamper;
import io.sessionizer.codec.Utf8;
import io.sessionizer.session.Clock;
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
final class Intake implements TimestampExtractor {
    private final Settings settings;
    private final Stamper stamper;
    private final OutputLimits limits;
    private final LongSupplier wall;

    Intake(Settings settings, OutputLimits limits, LongSupplier wall) {
        this.settings = settings;
        this.stamper = new Stamper(settings.format());
        this.limits = limits;
        this.wall = wall;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        Incoming incoming = (Incoming) record.value();
        long now = wall.getAsLong();
        incoming.recordTime = record.timestamp();
        if (settings.userFrom() == Settings.UserFrom.KEY || incoming.kind == Incoming.Kind.ERASURE) {
            takeUserFromKey(incoming, (byte[]) record.key());
        }
        switch (incoming.kind) {
            case EVENT -> judgeEvent(incoming, record, now);
            case UNCOUNTED -> judgeUncounted(incoming, record);
            case ERASURE, REJECTED -> {}
        }
        return Math.max(Math.max(partitionTime, 0), movedBy(incoming, now));
    }

    private static long movedBy(Incoming incoming, long now) {
        return switch (incoming.kind) {
            case EVENT, UNCOUNTED -> Clock.movedBy(incoming.time, incoming.recordTime, now);
            case ERASURE, REJECTED -> Clock.NONE;
        };
    }

    private static void takeUserFromKey(Incoming incoming, byte[] key) {
        boolean isUser = key != null && Utf8.isText(key);
        if (isUser) {
            incoming.user = key;
        } else if (incoming.kind != Incoming.Kind.UNCOUNTED && incoming.reason != Reason.MALFORMED_JSON) {
            incoming.reject(
                    Reason.NO_USER,
                    "The record's key must be the user: UTF-8 text that is not empty. Found: "
                            + (key == null ? "no key" : key.length == 0 ? "an empty key" : "bytes that are not UTF-8"));
        }
    }

    private void judgeEvent(Incoming incoming, ConsumerRecord<Object, Object> record, long now) {
        if (incoming.time == EventReader.NO_TIME) {
            incoming.time = record.timestamp();
        }
        if (incoming.time < 0) {
            incoming.reject(
                    Reason.BAD_TIMESTAMP,
                    settings.format().timeField()
                            + ": must be there when the record has no timestamp of its own. Found: neither");
        } else if (incoming.time > now + settings.clock().maxFutureMs()) {
            incoming.reject(
                    Reason.FUTURE_TIMESTAMP,
                    settings.format().timeField() + ": must be at most "
                            + settings.clock().maxFutureMs() + " ms ahead of the wall clock, "
                            + Instant.ofEpochMilli(now) + ". Found: " + Instant.ofEpochMilli(incoming.time));
        } else {
            int stamped = stamper.stampedLength(incoming.value.length, incoming.slot, incoming.from, incoming.to);
            judgeSize(incoming, record, stamped + OutputLimits.SESSION_HEADER_BYTES, "stamped");
        }
    }

    private void judgeUncounted(Incoming incoming, ConsumerRecord<Object, Object> record) {
        if (incoming.time == EventReader.NO_TIME) {
            incoming.time = record.timestamp();
        }
        if (settings.uncounted() == Settings.Uncounted.FORWARD) {
            judgeSize(incoming, record, incoming.value.length, "forwarded");
        }
    }

    private void judgeSize(Incoming incoming, ConsumerRecord<Object, Object> record, int valueBytes, String verb) {
        int user = Math.max(incoming.user.length, record.key() == null ? 0 : ((byte[]) record.key()).length);
        long bytes = OutputLimits.recordBytes(user, valueBytes, record.headers());
        if (bytes > limits.enriched().maxBytes()) {
            incoming.reject(
                    Reason.TOO_LARGE,
                    "The record as " + verb + " must be at most "
                            + limits.enriched().maxBytes() + " bytes. Found: " + bytes);
        } else if (user > limits.maxUserBytes()) {
            incoming.reject(
                    Reason.TOO_LARGE,
                    "The user must be at most " + limits.maxUserBytes()
                            + " bytes, for its Session Concluded to fit. Found: " + user);
        }
    }
}
