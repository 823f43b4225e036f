package io.sessionizer.record;

import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.QuarterHourStats;
import io.sessionizer.stats.SessionStats;
import java.nio.ByteBuffer;

/**
 * A quarter-hour's statistics as they are stored: a format version byte, a byte of flags, then in variable length the
 * users that became active, those that became inactive, the sums, and for each bucket of {@link LengthBuckets} that any
 * session is counted in its distance from the one before and its sessions. New versions are added beside the old ones,
 * which remain readable.
 */
public final class QuarterHourCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("figures", (byte) 1);
    private static final byte UNPUBLISHED = 1;
    private static final int MAX_LENGTH = 1 + Varint.MAX_LENGTH * (4 + 2 * LengthBuckets.COUNT);

    private QuarterHourCodec() {}

    /**
     * The stored row of a quarter-hour.
     *
     * @param isPublished whether the topic contains this row
     */
    public record StoredRow(QuarterHourStats stats, boolean isPublished) {}

    public static byte[] encode(StoredRow row) {
        ByteBuffer out = FORMAT.allocate(MAX_LENGTH).put(row.isPublished() ? 0 : UNPUBLISHED);
        Varint.put(out, row.stats().becameActive());
        Varint.put(out, row.stats().becameInactive());
        SessionStats sessions = row.stats().sessions();
        Varint.put(out, sessions.lengthSeconds());
        Varint.put(out, sessions.events());
        int last = 0;
        for (int bucket = 0; bucket < LengthBuckets.COUNT; bucket++) {
            if (sessions.inBucket(bucket) != 0) {
                Varint.put(out, bucket - last);
                Varint.put(out, sessions.inBucket(bucket));
                last = bucket;
            }
        }
        return VersionedBytes.toArray(out);
    }

    /**
     * Whether the encoded row is published, without decoding the rest.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static boolean isPublished(byte[] bytes) {
        return FORMAT.wrap(bytes).get() != UNPUBLISHED;
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static StoredRow decode(byte[] bytes) {
        ByteBuffer in = FORMAT.wrap(bytes);
        boolean isPublished = in.get() != UNPUBLISHED;
        long becameActive = Varint.get(in);
        long becameInactive = Varint.get(in);
        SessionStats sessions = new SessionStats();
        sessions.addSums(Varint.get(in), Varint.get(in));
        int bucket = 0;
        while (in.hasRemaining()) {
            bucket += (int) Varint.get(in);
            sessions.addToBucket(bucket, Varint.get(in));
        }
        return new StoredRow(new QuarterHourStats(sessions, becameActive, becameInactive), isPublished);
    }
}
