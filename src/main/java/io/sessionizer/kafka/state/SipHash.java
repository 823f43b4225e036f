package io.sessionizer.kafka.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-3, a keyed hash: colliding inputs cannot be chosen without the key. Hash tables whose keys come from
 * untrusted sources need it.
 *
 * @param k0 the first half of the key, little-endian
 * @param k1 the second half
 */
record SipHash(long k0, long k1) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static SipHash withRandomKey() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    long hash(byte[] bytes) {
        long v0 = k0 ^ 0x736F6D6570736575L;
        long v1 = k1 ^ 0x646F72616E646F6DL;
        long v2 = k0 ^ 0x6C7967656E657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        int whole = bytes.length & -Long.BYTES;
        long word = 0;
        // the words, the rest with the length, and three rounds of finalization
        for (int at = 0; at <= whole + 3 * Long.BYTES; at += Long.BYTES) {
            if (at < whole) {
                word = (long) LONGS.get(bytes, at);
            } else if (at == whole) {
                word = rest(bytes, whole);
            } else {
                v2 ^= at == whole + Long.BYTES ? 0xFF : 0;
                word = 0;
            }
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The bytes after the last whole word, and the length in the highest byte. */
    private static long rest(byte[] bytes, int from) {
        long rest = (long) bytes.length << 7 * Byte.SIZE;
        for (int i = from; i < bytes.length; i++) {
            rest |= (bytes[i] & 0xFFL) << (i - from) * Byte.SIZE;
        }
        return rest;
    }
}
