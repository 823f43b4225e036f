package io.sessionizer.event;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.SessionStamp;
import io.sessionizer.event.json.Utf8;
import io.sessionizer.session.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of a record that its value alone does not decide: the user in its key, the event's time and the record's size
 * (specification, section 1). The value itself is validated by {@link EventReader}. The checks apply
 * in this order, and the first that rejects the record decides. A record that passes allocates nothing. For any number of threads.
 */
public final class EventValidator {
    /** A record batch of one record: 61 bytes, and the record's own lengths, differences and attributes. */
    private static final int RECORD_OVERHEAD = 61 + 32;

    private static final int MAX_HEADER_LENGTHS_BYTES = 10;
    private static final int MAX_CHARACTER_BYTES = 3;
    private static final int MAX_START_BYTES = 4;

    private final EventFormat format;
    private final InputLimits limits;

    public EventValidator(EventFormat format, InputLimits limits) {
        this.format = format;
        this.limits = limits;
    }

    /**
     * The limits that a record must meet to be accepted.
     *
     * @param maxFutureMs how far an event may be ahead of the wall clock, in ms
     * @param maxUserBytes the longest user
     * @param maxEnrichedBytes the largest record of the enriched topic
     * @param maxRepartitionBytes the largest record of the repartition topic
     */
    public record InputLimits(long maxFutureMs, int maxUserBytes, long maxEnrichedBytes, long maxRepartitionBytes) {}

    /**
     * Whether a record's key is a user; how long it may be is for {@link #checkUser}.
     *
     * @param key null if the record has none
     */
    public Optional<Rejection> checkKey(byte[] key) {
        if (key != null && Utf8.isText(key)) {
            return Optional.empty();
        }
        String found = key == null ? "no key" : key.length == 0 ? "an empty key" : "bytes that are not UTF-8";
        return reject(
                RejectionReason.NO_USER,
                "The record's key must be the user: UTF-8 text that is not empty. Found: " + found);
    }

    /**
     * Whether an event's time is known and not too far ahead.
     *
     * @param eventTimeMs epoch ms, negative if neither the event nor its record has a time
     * @param wallMs the wall clock, epoch ms
     */
    public Optional<Rejection> checkTime(long eventTimeMs, long wallMs) {
        if (eventTimeMs < 0) {
            return reject(
                    RejectionReason.BAD_TIMESTAMP,
                    format.text(EventField.TIME)
                            + ": must be present if the record has no timestamp of its own. Found: neither");
        }
        if (eventTimeMs > wallMs + limits.maxFutureMs()) {
            return reject(
                    RejectionReason.FUTURE_TIMESTAMP,
                    format.text(EventField.TIME) + ": must be at most " + limits.maxFutureMs()
                            + " ms ahead of the wall clock, " + Instant.ofEpochMilli(wallMs) + ". Found: "
                            + Instant.ofEpochMilli(eventTimeMs));
        }
        return Optional.empty();
    }

    /**
     * Whether the topics that the record goes to accept it.
     *
     * @param enrichedBytes size of its record in the enriched topic
     * @param repartitionBytes size of its record in the repartition topic, 0 if there is no such topic
     */
    public Optional<Rejection> checkSize(long enrichedBytes, long repartitionBytes) {
        if (enrichedBytes > limits.maxEnrichedBytes()) {
            return tooLarge("in the enriched topic", limits.maxEnrichedBytes(), enrichedBytes);
        }
        if (repartitionBytes > limits.maxRepartitionBytes()) {
            return tooLarge("in the repartition topic", limits.maxRepartitionBytes(), repartitionBytes);
        }
        return Optional.empty();
    }

    /** Whether the output for a user with this number of bytes fits. */
    public Optional<Rejection> checkUser(int userBytes) {
        if (userBytes > limits.maxUserBytes()) {
            return reject(
                    RejectionReason.TOO_LARGE,
                    "The user must be at most " + limits.maxUserBytes() + " bytes. Found: " + userBytes);
        }
        return Optional.empty();
    }

    /** Upper bound of the size of a record without headers, as producer and broker measure it, in bytes. */
    public static long recordBytes(int keyBytes, long valueBytes) {
        return RECORD_OVERHEAD + keyBytes + valueBytes;
    }

    /** Upper bound of the size that a header adds to a record, in bytes. */
    public static long headerBytes(String name, int valueBytes) {
        return MAX_HEADER_LENGTHS_BYTES + (long) MAX_CHARACTER_BYTES * name.length() + valueBytes;
    }

    /** Upper bound of the headers that a stamp adds to an event, in bytes. */
    public static int stampHeaderBytes(SessionStamp stamp) {
        return (int) ((stamp.hasHeader() ? headerBytes(stamp.header(), SessionId.LENGTH) : 0)
                + (stamp.hasStartHeader() ? headerBytes(stamp.startHeader(), MAX_START_BYTES) : 0));
    }

    private static Optional<Rejection> tooLarge(String where, long max, long found) {
        return reject(
                RejectionReason.TOO_LARGE,
                "The record must be at most " + max + " bytes " + where + ". Found: " + found);
    }

    private static Optional<Rejection> reject(RejectionReason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }
}
