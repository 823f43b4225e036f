package io.sessionizer.event.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Scans decimal digits in bytes, eight at a time, one per lane of a long. */
public final class Digits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;

    private Digits() {}

    /** The index of the first non-digit at or after {@code from}, or the length of the array. */
    public static int end(byte[] in, int from) {
        int at = from;
        for (; at <= in.length - Long.BYTES; at += Long.BYTES) {
            long nonDigits = nonDigits((long) LONGS.get(in, at));
            if (nonDigits != 0) {
                return at + Long.numberOfTrailingZeros(nonDigits) / Byte.SIZE;
            }
        }
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Sets the highest bit of the first lane that is not a digit; the bits of higher lanes are undefined. */
    private static long nonDigits(long lanes) {
        long digits = lanes ^ '0' * EACH;
        return (digits + (0x80 - 10) * EACH | digits) & 0x80 * EACH;
    }
}
