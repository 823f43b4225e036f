package io.sessionizer.kafka.input;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.EventValidator;
import io.sessionizer.event.Rejection;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.SchemaPrefix;
import io.sessionizer.event.Stamper;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.topics.CurrentLimits;
import io.sessionizer.kafka.topics.OutputLimits;
import io.sessionizer.record.RepartitionRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and resolves each input record, and decides how far it advances its partition's clock. This is the only class
 * that gets value, key, headers and the record's own timestamp together. It returns that bounded time, so that no
 * changelog record has a timestamp ahead of the wall clock, which a broker would reject. It never throws.
 */
public final class InputTimestampExtractor implements TimestampExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(InputTimestampExtractor.class);
    private static final long YEAR_2000_MS = 946_684_800_000L;

    private final AtomicBoolean isOldTimestampLogged = new AtomicBoolean();
    private final InputReader reader;
    private final boolean hasKeyPrefix;
    private final Stamper stamper;
    private final AtomicReference<EventValidator> validator = new AtomicReference<>();
    private final int stampHeaderBytes;
    private final LongSupplier wall;
    private final boolean isRepartitioned;
    private final boolean isUncountedForwarded;

    /** @param wall the wall clock, epoch ms */
    public InputTimestampExtractor(SessionizerSettings settings, CurrentLimits limits, LongSupplier wall) {
        this.reader = new InputReader(settings.input());
        this.hasKeyPrefix = settings.input().hasKeyPrefix();
        this.stamper = new Stamper(settings.input().format());
        this.validator.set(validator(settings, limits.get()));
        limits.onChange(now -> validator.set(validator(settings, now)));
        this.stampHeaderBytes =
                EventValidator.stampHeaderBytes(settings.input().format().stamp());
        this.wall = wall;
        this.isRepartitioned = settings.input().userFrom() == SessionizerSettings.UserFrom.PAYLOAD;
        this.isUncountedForwarded = settings.input().uncounted() == SessionizerSettings.Uncounted.FORWARD;
    }

    private static EventValidator validator(SessionizerSettings settings, OutputLimits limits) {
        return new EventValidator(
                settings.input().format(), limits.ofInput(settings.clock().maxFutureMs()));
    }

    /** A plain read, since a volatile one keeps the JIT compiler from removing allocations; a poll is a barrier in any case. */
    private EventValidator validator() {
        return validator.getPlain();
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        InputRecord input = (InputRecord) record.value();
        byte[] key = withoutPrefix((byte[]) record.key());
        reader.read(input, key, record.headers());
        long wallMs = wall.getAsLong();
        long timeMs = input.timeMs() == EventReader.NO_TIME ? record.timestamp() : input.timeMs();
        boolean mustKeyBeUser = mustKeyBeUser(input);
        Optional<Rejection> rejection = mustKeyBeUser ? validator().checkKey(key) : Optional.empty();
        byte[] user = mustKeyBeUser && rejection.isEmpty() ? key : input.user();
        if (rejection.isEmpty() && mustHaveTime(input, timeMs)) {
            rejection = validator().checkTime(timeMs, wallMs);
        }
        if (rejection.isEmpty()) {
            rejection = checkSizes(input, user, record);
        }
        input.resolve(user, timeMs, record, rejection);
        logIfInSeconds(record);
        input.bound(wallMs);
        return Math.max(0, input.advanceMs());
    }

    private byte[] withoutPrefix(byte[] key) {
        int prefix = hasKeyPrefix && key != null ? SchemaPrefix.length(key) : 0;
        return prefix == 0 ? key : Arrays.copyOfRange(key, prefix, key.length);
    }

    /**
     * Logged once: with such timestamps no record advances the clock, and events without a time of their own are dated
     * to 1970.
     */
    private void logIfInSeconds(ConsumerRecord<Object, Object> record) {
        if (record.timestamp() < YEAR_2000_MS
                && record.timestamp() >= 0
                && isOldTimestampLogged.compareAndSet(false, true)) {
            LOG.warn(
                    "{}-{} offset {}: the record's timestamp is before the year 2000: {} ms. Its producer may write seconds"
                            + " instead of milliseconds",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp());
        }
    }

    /**
     * Checked even if the value is already rejected: {@code NO_USER} outranks every reason but
     * {@code MALFORMED_JSON} (specification, section 1).
     */
    private boolean mustKeyBeUser(InputRecord input) {
        return switch (input.kind()) {
            case EVENT -> !isRepartitioned;
            case ERASURE -> true;
            case REJECTED -> !isRepartitioned && input.rejection().reason() != RejectionReason.MALFORMED_JSON;
            case UNCOUNTED, IGNORED -> false;
        };
    }

    /**
     * Also checked for an event without a time whose data is rejected: {@code BAD_TIMESTAMP} has priority over {@code
     * BAD_EVENT_DATA}, and the record's timestamp is not known while its value is read.
     */
    private static boolean mustHaveTime(InputRecord input, long timeMs) {
        return switch (input.kind()) {
            case EVENT -> true;
            case REJECTED -> timeMs < 0 && input.rejection().reason() == RejectionReason.BAD_EVENT_DATA;
            case UNCOUNTED, ERASURE, IGNORED -> false;
        };
    }

    /** The size of the record, then that of its user. */
    private Optional<Rejection> checkSizes(InputRecord input, byte[] user, ConsumerRecord<Object, Object> record) {
        return switch (input.kind()) {
            case EVENT -> {
                int stampedBytes = stamper.maxStampedLength(input.stampable()) + stampHeaderBytes;
                Optional<Rejection> tooLarge = checkRecordSize(input, user.length, stampedBytes, record);
                yield tooLarge.isPresent() ? tooLarge : validator().checkUser(user.length);
            }
            case UNCOUNTED -> isUncountedForwarded ? checkUncounted(input, record) : Optional.empty();
            case ERASURE -> validator().checkUser(user.length);
            case IGNORED, REJECTED -> Optional.empty();
        };
    }

    private Optional<Rejection> checkUncounted(InputRecord input, ConsumerRecord<Object, Object> record) {
        byte[] key = input.hasUser() ? input.user() : (byte[]) record.key();
        int keyBytes = key == null ? 0 : key.length;
        Optional<Rejection> tooLarge = checkRecordSize(input, keyBytes, input.value().length, record);
        return tooLarge.isPresent() ? tooLarge : validator().checkUser(input.user().length);
    }

    private Optional<Rejection> checkRecordSize(
            InputRecord input, int keyBytes, int enrichedValueBytes, ConsumerRecord<Object, Object> record) {
        int repartitionValueBytes = input.value().length + RepartitionRecord.MAX_HEADER_BYTES;
        return validator()
                .checkSize(
                        OutputLimits.recordBytes(keyBytes, enrichedValueBytes, record.headers()),
                        isRepartitioned
                                ? OutputLimits.recordBytes(keyBytes, repartitionValueBytes, record.headers())
                                : 0);
    }
}
