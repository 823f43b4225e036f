package io.sessionizer.record;

import io.sessionizer.record.Checkpoint.InputPosition;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * A partition's checkpoint as it is stored, all numbers big-endian: a byte of format version, the clock as epoch ms in
 * 8 bytes, and once a record has been processed the topic's id in 16 bytes and the next offset in 8. Version 1 has the
 * clock alone.
 */
public final class CheckpointCodec {
    private static final VersionedBytes FORMAT = new VersionedBytes("checkpoint", (byte) 1, (byte) 2);

    private CheckpointCodec() {}

    public static byte[] encode(Checkpoint checkpoint) {
        ByteBuffer out = FORMAT.allocate(4 * Long.BYTES).putLong(checkpoint.clockMs());
        checkpoint
                .position()
                .ifPresent(position -> out.putLong(position.topicId().getMostSignificantBits())
                        .putLong(position.topicId().getLeastSignificantBits())
                        .putLong(position.nextOffset()));
        return VersionedBytes.toArray(out);
    }

    /** Whether the stored clock is the whole clock: version 1 leaves out what stream time gives after a restart. */
    public static boolean hasWholeClock(byte[] bytes) {
        return bytes[0] >= 2;
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static Checkpoint decode(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        long clockMs = in.getLong();
        return new Checkpoint(
                clockMs,
                in.hasRemaining()
                        ? Optional.of(new InputPosition(new UUID(in.getLong(), in.getLong()), in.getLong()))
                        : Optional.empty());
    }
}
