package io.sessionizer.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A session's id: a UUID with the layout of version 7 (RFC 9562 section 5.7). Its time is the event time of the event
 * that opened the session; {@link EventOrigin} computes the other bits. It is computed once, when the session opens, and
 * stored with it.
 */
public record SessionId(long mostSignificant, long leastSignificant) {
    /** Length of the text in bytes. */
    public static final int LENGTH = 36;

    private static final int VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

    private static final VarHandle EIGHT_DIGITS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FOUR_DIGITS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /**
     * The id of these parts.
     *
     * @param openedAt epoch ms, 0 to the end of the year 9999, which fits the 48 bits
     * @param randA RFC 9562's {@code rand_a}, 12 bits
     * @param randB RFC 9562's {@code rand_b}, 62 bits
     */
    public static SessionId of(long openedAt, int randA, long randB) {
        return new SessionId(openedAt << 16 | VERSION | randA, VARIANT | randB);
    }

    /** Event time of the event that opened the session, epoch ms. */
    public long openedAt() {
        return mostSignificant >>> 16;
    }

    /** The 12 bits after the version. */
    public int randA() {
        return (int) mostSignificant & 0xFFF;
    }

    /** The 62 bits after the variant. */
    public long randB() {
        return leastSignificant & ~VARIANT_MASK;
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
