package io.sessionizer.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A session's id: a UUID with the layout of version 7 (RFC 9562 section 5.7). Its time is the event time of the event
 * that opened the session, its other bits are a hash of user and time, so a replay of the same input gives the same
 * ids.
 */
public record SessionId(long mostSignificant, long leastSignificant) {
    /** Length of the text in bytes. */
    public static final int LENGTH = 36;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle EIGHT_DIGITS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FOUR_DIGITS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

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
        long time = hex((int) (mostSignificant >>> 32));
        long rest = hex((int) mostSignificant);
        long hash = hex((int) (leastSignificant >>> 32));
        EIGHT_DIGITS.set(target, offset, time);
        target[offset + 8] = '-';
        FOUR_DIGITS.set(target, offset + 9, (int) (rest >>> 32));
        target[offset + 13] = '-';
        FOUR_DIGITS.set(target, offset + 14, (int) rest);
        target[offset + 18] = '-';
        FOUR_DIGITS.set(target, offset + 19, (int) (hash >>> 32));
        target[offset + 23] = '-';
        FOUR_DIGITS.set(target, offset + 24, (int) hash);
        EIGHT_DIGITS.set(target, offset + 28, hex((int) leastSignificant));
    }

    /** The eight hexadecimal digits of {@code bits}, a byte each, the first one highest. */
    private static long hex(int bits) {
        long nibbles = Integer.toUnsignedLong(bits);
        nibbles = (nibbles | nibbles << 16) & 0x0000FFFF0000FFFFL;
        nibbles = (nibbles | nibbles << 8) & 0x00FF00FF00FF00FFL;
        nibbles = (nibbles | nibbles << 4) & 0x0F0F0F0F0F0F0F0FL;
        // 6 more than 9 and above carries into the upper half of its byte: a letter
        long letters = nibbles + 0x0606060606060606L >>> 4 & 0x0101010101010101L;
        return nibbles + 0x3030303030303030L + letters * ('a' - '0' - 10);
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
