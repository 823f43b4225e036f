package io.sessionizer.record;

import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.SessionStats;
import java.nio.ByteBuffer;

/**
 * The stored format of a quarter-hour's statistics: a version byte, a flags byte, then as varints the users that became
 * active, those that became inactive, the sums, and for each non-empty bucket of {@link LengthBuckets} its distance from
 * the previous one and its number of sessions. New versions are added; old ones stay readable.
 */
public final class QuarterHourCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("figures", (byte) 1);
    private static final byte UNPUBLISHED = 1;
    private static final int MAX_LENGTH = 1 + Varint.MAX_LENGTH * (4 + 2 * LengthBuckets.COUNT);

    private QuarterHourCodec() {}

    /**
     * The stored row of a quarter-hour.
     *
     * @param becameActive users that became active in it
     * @param becameInactive users that became inactive in it
     * @param isUnpublished whether this state is not yet published to the topic
     */
    public record Stored(SessionStats stats, long becameActive, long becameInactive, boolean isUnpublished) {}

    public static byte[] encode(Stored stored) {
        SessionStats stats = stored.stats();
        ByteBuffer out = FORMAT.allocate(MAX_LENGTH);
        out.put(stored.isUnpublished() ? UNPUBLISHED : 0);
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
        return VersionedBytes.toArray(out);
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static Stored decode(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
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
