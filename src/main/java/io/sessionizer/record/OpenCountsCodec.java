package io.sessionizer.record;

import java.nio.ByteBuffer;

/** The stored format of a partition's open counts: a version byte, then both counts as varints. */
public final class OpenCountsCodec {
    private static final byte VERSION = 1;

    private OpenCountsCodec() {}

    /**
     * Counts of what is open.
     *
     * @param activeUsers with an open session
     * @param openSessions that have not concluded, or are open again
     */
    public record Open(long activeUsers, long openSessions) {}

    public static byte[] encode(Open open) {
        ByteBuffer out = ByteBuffer.allocate(1 + 2 * Varint.MAX_LENGTH).put(VERSION);
        Varint.put(out, open.activeUsers());
        Varint.put(out, open.openSessions());
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static Open decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("open sessions format: must be " + VERSION + ". Found: " + version);
        }
        return new Open(Varint.get(in), Varint.get(in));
    }
}
