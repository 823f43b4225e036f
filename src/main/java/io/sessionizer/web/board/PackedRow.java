package io.sessionizer.web.board;

import io.sessionizer.stats.LengthBuckets;
import io.sessionizer.stats.SessionStats;
import io.sessionizer.stats.StatsRow;
import java.io.ByteArrayOutputStream;

/**
 * A row of the board topic as it is kept to be taken back one day: most of its counts are 0, and most of the others fit
 * a byte. So a row of a hundred sessions takes some 150 bytes, and never more than a dense one.
 */
final class PackedRow {
    private final byte[] bytes;

    private PackedRow(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedRow of(StatsRow.QuarterHourRow row) {
        SessionStats stats = row.stats().sessions();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, row.stats().becameActive());
        put(out, row.stats().becameInactive());
        put(out, stats.lengthSeconds());
        put(out, stats.events());
        int before = 0;
        for (int bucket = 0; bucket < LengthBuckets.COUNT; bucket++) {
            if (stats.inBucket(bucket) != 0) {
                put(out, bucket - before);
                put(out, stats.inBucket(bucket));
                before = bucket;
            }
        }
        return new PackedRow(out.toByteArray());
    }

    /** Takes the row's figures out of {@code sum}. */
    void takeFrom(SessionStats sum) {
        Reader in = new Reader();
        in.next(); // the users that became active
        in.next(); // and inactive
        sum.addSums(-in.next(), -in.next());
        int bucket = 0;
        while (in.hasNext()) {
            bucket += (int) in.next();
            sum.addToBucket(bucket, -in.next());
        }
    }

    /** By how many the active users grew; negative where they became fewer. */
    long growth() {
        Reader in = new Reader();
        return in.next() - in.next();
    }

    /** Seven bits a byte, the least significant first; the highest bit says that more follow. */
    private static void put(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private final class Reader {
        private int at;

        boolean hasNext() {
            return at < bytes.length;
        }

        long next() {
            long value = 0;
            int shift = 0;
            byte group;
            do {
                group = bytes[at++];
                value |= (group & 0x7FL) << shift;
                shift += 7;
            } while (group < 0);
            return value;
        }
    }
}
