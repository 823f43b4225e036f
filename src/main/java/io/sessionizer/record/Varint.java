package io.sessionizer.record;

import java.nio.ByteBuffer;

/** Non-negative longs in base 128, least significant group first (LEB128): small numbers are short. */
final class Varint {
    /** Maximum length, in bytes. */
    static final int MAX_LENGTH = 10;

    private Varint() {}

    static void put(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static long get(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte group;
        do {
            group = in.get();
            value |= (group & 0x7FL) << shift;
            shift += 7;
        } while (group < 0);
        return value;
    }
}
