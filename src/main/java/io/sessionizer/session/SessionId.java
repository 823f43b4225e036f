package io.sessionizer.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A session's id: a UUID with the layout of version 7 (RFC 9562 section 5.7), or only its time. Its time is the event
 * time of the event that opened the session; {@link EventOrigin} computes the other bits. The id is computed once, when
 * the session opens, and stored with the session. So is its form, in the four bits of the UUID's version.
 */
public record SessionId(long mostSignificant, long leastSignificant) {
    /** Length of a UUID's text in bytes. */
    public static final int LENGTH = 36;

    /** The longest id in JSON in bytes: a UUID in quotes. */
    public static final int MAX_JSON_LENGTH = LENGTH + 2;

    private static final int VERSION_BITS = 0xF000;
    private static final int VERSION_7 = 0x7000;
    private static final int SECONDS = 0x1000;
    private static final int MILLIS = 0x2000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

    private static final VarHandle EIGHT_DIGITS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FOUR_DIGITS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /**
     * The id with these parts, as a UUID.
     *
     * @param openedAt epoch ms, 0 to the end of the year 9999, which fits the 48 bits
     * @param randA RFC 9562's {@code rand_a}, 12 bits
     * @param randB RFC 9562's {@code rand_b}, 62 bits
     */
    public static SessionId of(long openedAt, int randA, long randB) {
        return new SessionId(openedAt << 16 | VERSION_7 | randA, VARIANT | randB);
    }

    /** This id in the given form. */
    public SessionId in(SessionIdForm form) {
        int bits =
                switch (form) {
                    case UUID -> VERSION_7;
                    case EPOCH_SECONDS -> SECONDS;
                    case EPOCH_MILLIS -> MILLIS;
                };
        return new SessionId(mostSignificant & ~VERSION_BITS | bits, leastSignificant);
    }

    public SessionIdForm form() {
        return switch ((int) mostSignificant & VERSION_BITS) {
            case SECONDS -> SessionIdForm.EPOCH_SECONDS;
            case MILLIS -> SessionIdForm.EPOCH_MILLIS;
            default -> SessionIdForm.UUID;
        };
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

    /** The length of the id in JSON, in bytes. */
    public int jsonLength() {
        return switch (form()) {
            case UUID -> MAX_JSON_LENGTH;
            case EPOCH_SECONDS, EPOCH_MILLIS -> digits();
        };
    }

    /** Writes the id as a JSON value, a UUID in quotes; returns the index after it. */
    public int writeJsonTo(byte[] target, int offset) {
        if (form() != SessionIdForm.UUID) {
            return writeNumberTo(target, offset);
        }
        target[offset] = '"';
        writeUuidTo(target, offset + 1);
        target[offset + LENGTH + 1] = '"';
        return offset + MAX_JSON_LENGTH;
    }

    private long number() {
        return form() == SessionIdForm.EPOCH_SECONDS ? openedAt() / 1000 : openedAt();
    }

    private int digits() {
        int digits = 1;
        for (long rest = number(); rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private int writeNumberTo(byte[] target, int offset) {
        int end = offset + digits();
        long rest = number();
        for (int i = end - 1; i >= offset; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private void writeUuidTo(byte[] target, int offset) {
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

    /** The text as bytes, without quotes: 36 lower-case characters of a UUID, or the digits of a number. */
    public byte[] toBytes() {
        if (form() == SessionIdForm.UUID) {
            byte[] text = new byte[LENGTH];
            writeUuidTo(text, 0);
            return text;
        }
        byte[] text = new byte[digits()];
        writeNumberTo(text, 0);
        return text;
    }

    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.US_ASCII);
    }
}
