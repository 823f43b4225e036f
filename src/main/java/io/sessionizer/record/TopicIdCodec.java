package io.sessionizer.record;

import java.nio.ByteBuffer;
import java.util.UUID;

/** A topic's id as it is stored: a format version byte, then the id in 16 bytes, big-endian. */
public final class TopicIdCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("topic id", (byte) 1);

    private TopicIdCodec() {}

    public static byte[] encode(UUID id) {
        ByteBuffer out = FORMAT.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return VersionedBytes.toArray(out);
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static UUID decode(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        return new UUID(in.getLong(), in.getLong());
    }
}
