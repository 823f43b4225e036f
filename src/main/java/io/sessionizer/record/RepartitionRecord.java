package io.sessionizer.record;

import io.sessionizer.event.StampableEvent;
import io.sessionizer.event.StampableEvent.Place;
import io.sessionizer.session.EventOrigin;
import java.nio.ByteBuffer;

/**
 * A record of the repartition topic: an event as it was read at its source, so that it is parsed once, and the clock of
 * its source partition. The first byte is the format version.
 *
 * @param kind kind of record
 * @param source the source partition, and of an event its offset there
 * @param clockMs the source partition's clock, epoch ms, or -1 if it has none yet
 * @param timeMs of an event: its event time; of an uncounted one: the record's own timestamp; epoch ms, at least 0
 * @param event the event; of one that does not count, only the value has a meaning; empty for an erasure or a clock
 */
public record RepartitionRecord(
        RepartitionKind kind, InputOffset source, long clockMs, long timeMs, StampableEvent event) {
    private static final VersionedBytes FORMAT = new VersionedBytes("repartition", (byte) 1, (byte) 3);
    /** Version 1 has no offsets. */
    private static final byte WITHOUT_OFFSET = 1;

    private static final RepartitionKind[] KINDS = RepartitionKind.values();
    /** Up to version 2, the place alone determines which names are missing. */
    private static final byte WITHOUT_MISSING = 2;

    /** A flag in the byte of the place: the event has no value. */
    private static final int NO_VALUE = 0x40;

    private static final Place[] PLACES = Place.values();
    private static final StampableEvent NO_EVENT = unstamped(new byte[0]);
    /** Bytes before the value, at most. */
    public static final int MAX_HEADER_BYTES = 3 + 7 * Varint.MAX_LENGTH;

    /** What the record is; the order is part of the format. */
    public enum RepartitionKind {
        EVENT,
        UNCOUNTED,
        ERASURE,
        /** Only the clock, for partitions that receive no events from this source. */
        CLOCK,
        /** The same, while the source is idle and its clock follows the wall clock. */
        WALL_CLOCK
    }

    /**
     * A record's place in the input.
     *
     * @param partition number of the partition
     * @param offset offset in the partition, or {@link EventOrigin#NO_OFFSET}
     */
    public record InputOffset(int partition, long offset) {
        static InputOffset unknown(int partition) {
            return new InputOffset(partition, EventOrigin.NO_OFFSET);
        }
    }

    /** The places of versions 1 and 2, whose session id was always a property of the data; the order is part of them. */
    private enum FormerPlace {
        NO_DATA(Place.AFTER_PROPERTY, 2),
        NULL_DATA(Place.NULL_VALUE, 1),
        EMPTY_DATA(Place.EMPTY_OBJECT, 1),
        AFTER_PROPERTY(Place.AFTER_PROPERTY, 1),
        STAMPED(Place.STAMPED, 1);

        private final Place now;
        private final int missing;

        FormerPlace(Place now, int missing) {
            this.now = now;
            this.missing = missing;
        }
    }

    /** A record without an event. */
    public static RepartitionRecord of(RepartitionKind kind, int source, long clockMs) {
        return new RepartitionRecord(kind, InputOffset.unknown(source), clockMs, 0, NO_EVENT);
    }

    /** A record of an event that does not count. */
    public static RepartitionRecord uncounted(int source, long clockMs, long timeMs, byte[] value) {
        return new RepartitionRecord(
                RepartitionKind.UNCOUNTED, InputOffset.unknown(source), clockMs, timeMs, unstamped(value));
    }

    private static StampableEvent unstamped(byte[] value) {
        return new StampableEvent(value, Place.NOWHERE, 0, 0, 0);
    }

    /** Serializes the record for the topic. */
    public byte[] toBytes() {
        ByteBuffer out = FORMAT.allocate(MAX_HEADER_BYTES - 1 + event.value().length);
        boolean hasValue = event.value() != StampableEvent.NO_VALUE;
        out.put((byte) kind.ordinal()).put((byte) (event.place().ordinal() | (hasValue ? 0 : NO_VALUE)));
        Varint.put(out, event.missing());
        Varint.put(out, source.partition());
        Varint.put(out, source.offset() + 1);
        Varint.put(out, clockMs + 1);
        Varint.put(out, timeMs);
        Varint.put(out, event.from());
        Varint.put(out, event.to() - event.from());
        if (hasValue) {
            out.put(event.value());
        }
        return VersionedBytes.toArray(out);
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static RepartitionRecord fromBytes(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        RepartitionKind kind = KINDS[in.get()];
        int placeAndValue = in.get();
        int place = placeAndValue & ~NO_VALUE;
        int missing = bytes[0] <= WITHOUT_MISSING ? FormerPlace.values()[place].missing : (int) Varint.get(in);
        int partition = (int) Varint.get(in);
        long offset = bytes[0] == WITHOUT_OFFSET ? EventOrigin.NO_OFFSET : Varint.get(in) - 1;
        long clockMs = Varint.get(in) - 1;
        long timeMs = Varint.get(in);
        int from = (int) Varint.get(in);
        int to = from + (int) Varint.get(in);
        byte[] value = (placeAndValue & NO_VALUE) == 0 ? new byte[in.remaining()] : StampableEvent.NO_VALUE;
        if (in.hasRemaining()) {
            in.get(value);
        }
        Place now = bytes[0] <= WITHOUT_MISSING ? FormerPlace.values()[place].now : PLACES[place];
        return new RepartitionRecord(
                kind,
                new InputOffset(partition, offset),
                clockMs,
                timeMs,
                new StampableEvent(value, now, missing, from, to));
    }
}
