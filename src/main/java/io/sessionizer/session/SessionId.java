package io.sessionizer.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A session's id: a UUID of version 7's layout (RFC 9562 section 5.7). Its time is the event time of the event that opened
 * the session, its other bits are a hash of user and time, so a replay of the same input gives the same ids.
 */
public record SessionId(long mostSignificant, long leastSignificant) {
    /** Length of the text in bytes. */
    public static final int LENGTH = 36;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param user UTF-8
     * @param openedAt epoch ms, 0 to the end of the year 9999, which fits the 48 bits
     */
    public static SessionId of(byte[] user, long openedAt) {
        long h1 = mix(openedAt ^ 0x9E3779B97F4A7C15L);
        long h2 = mix(user.length ^ 0xC2B2AE3D27D4EB4FL);
        int i = 0;
        for (; i + Long.BYTES <= user.length; i += Long.BYTES) {
            h1 = mix(h1 ^ (long) LONGS.get(user, i));
            h2 = Long.rotateLeft(h2, 31) * 0x9FB21C651E98DF25L + h1;
        }
        long tail = 0;
        for (; i < user.length; i++) {
            tail = tail << Byte.SIZE | (user[i] & 0xFF);
        }
        h1 = mix(h1 ^ tail);
        h2 = mix(h2 + h1);
        h1 = mix(h1 + h2);
        return new SessionId(openedAt << 16 | 0x7000 | h1 >>> 52, 0x8000_0000_0000_0000L | h2 >>> 2);
    }

    /** Stafford's variant 13 of the 64-bit finalizer: every bit of the input changes half of the output's. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Writes the text, {@value #LENGTH} bytes of lower-case ASCII, at {@code offset}. */
    public void writeTo(byte[] target, int offset) {
        writeHex(mostSignificant, 60, 32, target, offset);
        target[offset + 8] = '-';
        writeHex(mostSignificant, 28, 16, target, offset + 9);
        target[offset + 13] = '-';
        writeHex(mostSignificant, 12, 0, target, offset + 14);
        target[offset + 18] = '-';
        writeHex(leastSignificant, 60, 48, target, offset + 19);
        target[offset + 23] = '-';
        writeHex(leastSignificant, 44, 0, target, offset + 24);
    }

    private static void writeHex(long bits, int firstShift, int lastShift, byte[] target, int offset) {
        int at = offset;
        for (int shift = firstShift; shift >= lastShift; shift -= 4) {
            target[at++] = HEX[(int) (bits >>> shift) & 0xF];
        }
    }

    /** The text as bytes. */
    public byte[] toBytes() {
        byte[] text = new byte[LENGTH];
        writeTo(text, 0);
        return text;
    }

    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.US_ASCII);
    }
}
