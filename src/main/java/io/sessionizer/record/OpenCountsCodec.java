package io.sessionizer.record;

import java.nio.ByteBuffer;

/** The stored format of a partition's open counts: a version byte, then both counts as varints. */
public final class OpenCountsCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("open sessions", (byte) 1);

    private OpenCountsCodec() {}

    /**
     * Counts of what is open.
     *
     * @param activeUsers with an open session
     * @param openSessions that have not concluded, or are open again
     */
    public record Open(long activeUsers, long openSessions) {}

    public static byte[] encode(Open open) {
        ByteBuffer out = FORMAT.allocate(2 * Varint.MAX_LENGTH);
        Varint.put(out, open.activeUsers());
        Varint.put(out, open.openSessions());
        return VersionedBytes.toArray(out);
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static Open decode(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        return new Open(Varint.get(in), Varint.get(in));
    }
}
