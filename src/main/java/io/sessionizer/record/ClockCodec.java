package io.sessionizer.record;

/** A partition's clock as it is stored: a byte of format version, then epoch ms in 8 bytes, big-endian. */
public final class ClockCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("clock", (byte) 1);

    private ClockCodec() {}

    public static byte[] encode(long clockMs) {
        return FORMAT.allocate(Long.BYTES).putLong(clockMs).array();
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static long decode(byte[] bytes) {
        return FORMAT.wrap(bytes).getLong();
    }
}
