package io.sessionizer.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The id of a session that an earlier version of the service opened. That version stored no ids but computed them from
 * user and time, so state and repartition records that it wrote still need its function. Must never change.
 */
public final class LegacySessionId {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LegacySessionId() {}

    /**
     * @param user UTF-8
     * @param openedAt event time of the event that opened the session, epoch ms, 0 to the end of the year 9999
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
        return SessionId.of(openedAt, (int) (h1 >>> 52), h2 >>> 2);
    }

    /** Stafford's variant 13 of the 64-bit finalizer: every bit of the input changes half of the output's. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
