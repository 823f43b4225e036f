package io.sessionizer.record;

import io.sessionizer.stats.OpenCounts;
import java.nio.ByteBuffer;

/** The stored format of a partition's open counts: a version byte, then both counts as varints. */
public final class OpenCountsCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("open sessions", (byte) 1);

    private OpenCountsCodec() {}

    public static byte[] encode(OpenCounts open) {
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
    public static OpenCounts decode(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        return new OpenCounts(Varint.get(in), Varint.get(in));
    }
}
