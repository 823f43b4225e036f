package io.sessionizer.record;

import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.SessionStats;
import java.nio.ByteBuffer;

/**
 * A quarter-hour's figures as they are stored: a byte of format version, a byte of flags, then in variable length the users
 * that became active, those that became inactive, the sums, and for each step of {@link LengthBuckets} that any session is
 * counted in its distance from the one before and its sessions. A new version is added beside the old ones, which stay
 * readable.
 */
public final class QuarterHourCodec {
    private static final byte VERSION = 1;
    private static final byte UNPUBLISHED = 1;
    private static final int MAX_LENGTH = 2 + Varint.MAX_LENGTH * (4 + 2 * LengthBuckets.COUNT);

    private QuarterHourCodec() {}

    /**
     * What is stored of a quarter-hour.
     *
     * @param becameActive users that became active in it
     * @param becameInactive users that became inactive in it
     * @param isUnpublished whether the topic does not have it like this yet
     */
    public record Stored(SessionStats stats, long becameActive, long becameInactive, boolean isUnpublished) {}

    public static byte[] encode(Stored stored) {
        SessionStats stats = stored.stats();
        ByteBuffer out = ByteBuffer.allocate(MAX_LENGTH);
        out.put(VERSION).put(stored.isUnpublished() ? UNPUBLISHED : 0);
        Varint.put(out, stored.becameActive());
        Varint.put(out, stored.becameInactive());
        Varint.put(out, stats.lengthSeconds());
        Varint.put(out, stats.events());
        int last = 0;
        for (int bucket = 0; bucket < LengthBuckets.COUNT; bucket++) {
            if (stats.inBucket(bucket) != 0) {
                Varint.put(out, bucket - last);
                Varint.put(out, stats.inBucket(bucket));
                last = bucket;
            }
        }
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the format is of a version that this program does not know
     */
    public static Stored decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("figures format: must be " + VERSION + ". Found: " + version);
        }
        boolean isUnpublished = in.get() == UNPUBLISHED;
        long becameActive = Varint.get(in);
        long becameInactive = Varint.get(in);
        SessionStats stats = new SessionStats();
        stats.addSums(Varint.get(in), Varint.get(in));
        int bucket = 0;
        while (in.hasRemaining()) {
            bucket += (int) Varint.get(in);
            stats.addToBucket(bucket, Varint.get(in));
        }
        return new Stored(stats, becameActive, becameInactive, isUnpublished);
    }
}
