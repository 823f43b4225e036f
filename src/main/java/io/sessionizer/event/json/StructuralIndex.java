package io.sessionizer.event.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The positions in JSON text that need attention: quotes, backslashes, control characters, and all non-ASCII bytes.
 * Bytes are classified in advance, eight at a time in the lanes of a long, and without a branch that the processor
 * could mispredict. The bit of a byte shows whether it needs attention, so a string of any length ends at the next bit.
 * For one thread.
 */
public final class StructuralIndex {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F * EACH;
    private static final long HIGHEST_BITS = 0x80 * EACH;
    /** Gathers the highest bit of each lane into the highest byte, the first lane's bit lowest. */
    private static final long GATHER = 0x0002040810204081L;

    private static final int SMALLEST = 16;
    /** The array is reused for the next event up to this many longs, enough for an event of 1 MB. */
    private static final int MAX_RETAINED = 1 << 14;

    /** A bit for each byte, and one after the last that is always set. */
    private long[] found = new long[SMALLEST];

    /** Restarts with these bytes. */
    public void index(byte[] json) {
        int words = json.length / Long.SIZE + 1;
        if (found.length < words || found.length > MAX_RETAINED) {
            found = new long[Math.max(SMALLEST, words)];
        }
        int at = 0;
        for (int word = 0; word < words - 1; word++) {
            long bits = 0;
            for (int byBits = 0; byBits < Long.SIZE; byBits += Byte.SIZE, at += Long.BYTES) {
                bits |= structuralBits((long) LONGS.get(json, at)) << byBits;
            }
            found[word] = bits;
        }
        found[words - 1] = remainder(json, at);
    }

    private static long remainder(byte[] json, int from) {
        long bits = 0;
        int at = from;
        for (; at <= json.length - Long.BYTES; at += Long.BYTES) {
            bits |= structuralBits((long) LONGS.get(json, at)) << at;
        }
        return (bits | structuralBits(lastBlock(json, at)) << at) & (1L << json.length) - 1 | 1L << json.length;
    }

    /** The bytes from {@code from} on, fewer than eight. */
    private static long lastBlock(byte[] json, int from) {
        if (json.length >= Long.BYTES) {
            long lanes = (long) LONGS.get(json, json.length - Long.BYTES);
            // by 64 if there are none, which leaves all lanes: the caller masks what is after the end
            return lanes >>> (Long.BYTES - (json.length - from)) * Byte.SIZE;
        }
        long lanes = 0;
        for (int i = json.length - 1; i >= from; i--) {
            lanes = lanes << Byte.SIZE | json[i] & 0xFF;
        }
        return lanes;
    }

    /** The index of the first byte from {@code from} on that needs attention, or the end; {@code from} is not after that. */
    int next(int from) {
        int word = from / Long.SIZE;
        long bits = found[word] >>> from;
        if (bits != 0) {
            return from + Long.numberOfTrailingZeros(bits);
        }
        do {
            word++;
        } while (found[word] == 0);
        return word * Long.SIZE + Long.numberOfTrailingZeros(found[word]);
    }

    /** One bit per lane, the first lane's bit lowest. */
    private static long structuralBits(long lanes) {
        long low = lanes & LOW_BITS;
        // each sum sets the lane's highest bit, without a carry into the next lane, unless the byte is structural
        long plain = low + (0x80 - ' ') * EACH
                & (low ^ '"' * EACH) + LOW_BITS
                & (low ^ '\\' * EACH) + LOW_BITS
                & ~lanes
                & HIGHEST_BITS;
        return (plain ^ HIGHEST_BITS) * GATHER >>> Long.SIZE - Byte.SIZE;
    }
}
