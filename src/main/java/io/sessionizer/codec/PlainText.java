package io.sessionizer.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over text in a JSON string that needs no look: ASCII without quotes, backslashes and control characters. Eight
 * bytes are looked at together, each in a lane of a long.
 */
final class PlainText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private PlainText() {}

    /** The index of the first byte from {@code from} on that is not plain, or the end. */
    static int end(byte[] in, int from) {
        int next = from;
        for (; next <= in.length - Long.BYTES; next += Long.BYTES) {
            long found = notPlain((long) LONGS.get(in, next));
            if (found != 0) {
                return next + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (next < in.length && in[next] >= ' ' && in[next] != '"' && in[next] != '\\') {
            next++;
        }
        return next;
    }

    /** The index of the first byte from {@code from} on that is no digit, or the end. */
    static int digitsEnd(byte[] in, int from) {
        int end = from;
        while (end < in.length && in[end] >= '0' && in[end] <= '9') {
            end++;
        }
        return end;
    }

    /**
     * The highest bit of the lane of each byte that is not plain. A byte that is less than another borrows from the lane
     * above it when that one is taken away, so lanes above the first one found mean nothing.
     */
    private static long notPlain(long lanes) {
        long quotes = lanes ^ EACH * '"';
        long backslashes = lanes ^ EACH * '\\';
        long found = lanes - EACH * ' ' & ~lanes | quotes - EACH & ~quotes | backslashes - EACH & ~backslashes | lanes;
        return found & HIGHEST_BITS;
    }
}
