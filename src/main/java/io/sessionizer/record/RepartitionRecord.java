package io.sessionizer.record;

import io.sessionizer.event.Slot;
import java.nio.ByteBuffer;

/**
 * What travels through the repartition topic: an event as it was understood at its source, so that it is parsed once, and
 * the clock of its source partition. The first byte is the format version.
 *
 * @param kind what it is
 * @param source number of the source partition
 * @param clockMs the source partition's clock, epoch ms, or -1 if it has none yet
 * @param timeMs of an event: its event time; of an uncounted one: the record's own timestamp; epoch ms, at least 0
 * @param place where the stamp goes
 * @param from first byte of the value that the stamp replaces
 * @param to the byte behind the last one
 * @param value the event's bytes; empty for an erasure or a clock
 */
public record RepartitionRecord(
        RepartitionKind kind, int source, long clockMs, long timeMs, Slot place, int from, int to, byte[] value) {
    private static final byte VERSION = 1;
    private static final RepartitionKind[] KINDS = RepartitionKind.values();
    private static final Slot[] PLACES = Slot.values();
    /** Bytes that stand before the value, at most. */
    public static final int MAX_HEADER_BYTES = 3 + 5 * Varint.MAX_LENGTH;

    /** What is routed; the order is part of the format. */
    public enum RepartitionKind {
        EVENT,
        UNCOUNTED,
        ERASURE,
        /** Nothing but the clock, for partitions that get no event from this source. */
        CLOCK,
        /** The same, where the source is idle, and its clock follows the wall clock. */
        WALL_CLOCK
    }

    /** A record without event. */
    public static RepartitionRecord of(RepartitionKind kind, int source, long clockMs) {
        return new RepartitionRecord(kind, source, clockMs, 0, Slot.NO_DATA, 0, 0, new byte[0]);
    }

    /** As it is written to the topic. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(MAX_HEADER_BYTES + value.length);
        out.put(VERSION).put((byte) kind.ordinal()).put((byte) place.ordinal());
        Varint.put(out, source);
        Varint.put(out, clockMs + 1);
        Varint.put(out, timeMs);
        Varint.put(out, from);
        Varint.put(out, to - from);
        out.put(value);
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IllegalStateException if the format is of a version that this program does not know
     */
    public static RepartitionRecord fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("repartition format: must be " + VERSION + ". Found: " + version);
        }
        RepartitionKind kind = KINDS[in.get()];
        Slot place = PLACES[in.get()];
        int source = (int) Varint.get(in);
        long clockMs = Varint.get(in) - 1;
        long timeMs = Varint.get(in);
        int from = (int) Varint.get(in);
        int to = from + (int) Varint.get(in);
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new RepartitionRecord(kind, source, clockMs, timeMs, place, from, to, value);
    }
}
