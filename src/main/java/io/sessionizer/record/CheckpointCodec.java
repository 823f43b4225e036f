package io.sessionizer.record;

import io.sessionizer.record.Checkpoint.InputPosition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A partition's checkpoint as it is stored, all numbers big-endian: a format version byte, the clock as epoch ms in
 * 8 bytes, the number of earlier steps and how far each is before the next one, the latest first, in variable length, and
 * once a record has been processed the topic's id in 16 bytes and the next offset in 8. Version 2 has no steps, version 1
 * the clock alone.
 */
public final class CheckpointCodec {
    private static final VersionedBytes FORMAT = new VersionedBytes("checkpoint", (byte) 1, (byte) 3);
    /** Up to version 2, sessions that were due at a restart concluded at the clock of the restart. */
    private static final byte WITHOUT_STEPS = 2;

    private CheckpointCodec() {}

    public static byte[] encode(Checkpoint checkpoint) {
        List<Long> steps = checkpoint.earlierSteps();
        ByteBuffer out = FORMAT.allocate(4 * Long.BYTES + (1 + steps.size()) * Varint.MAX_LENGTH)
                .putLong(checkpoint.clockMs());
        putSteps(out, checkpoint.clockMs(), steps);
        checkpoint
                .position()
                .ifPresent(position -> out.putLong(position.topicId().getMostSignificantBits())
                        .putLong(position.topicId().getLeastSignificantBits())
                        .putLong(position.nextOffset()));
        return VersionedBytes.toArray(out);
    }

    private static void putSteps(ByteBuffer out, long clockMs, List<Long> steps) {
        Varint.put(out, steps.size());
        long next = clockMs;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Varint.put(out, next - steps.get(i));
            next = steps.get(i);
        }
    }

    private static List<Long> steps(ByteBuffer in, long clockMs) {
        Long[] steps = new Long[(int) Varint.get(in)];
        long next = clockMs;
        for (int i = steps.length - 1; i >= 0; i--) {
            next -= Varint.get(in);
            steps[i] = next;
        }
        return List.of(steps);
    }

    /** Whether the stored clock is complete: version 1 omits the part that stream time provides after a restart. */
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
                bytes[0] <= WITHOUT_STEPS ? List.of() : steps(in, clockMs),
                in.hasRemaining()
                        ? Optional.of(new InputPosition(new UUID(in.getLong(), in.getLong()), in.getLong()))
                        : Optional.empty());
    }
}
