package io.sessionizer.kafka;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A stored timeline as older versions wrote it, converted from version 3, since no code writes older versions any more.
 * Version 2 has a deadline even where no session is open; version 1 also lacks what was published of a reopened session.
 */
final class OlderTimeline {
    private final int version;
    private final ByteBuffer in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private OlderTimeline(int version, byte[] version3) {
        this.version = version;
        this.in = ByteBuffer.wrap(version3, 1, version3.length - 1);
    }

    /**
     * @param version 1 or 2
     * @param deadline stored where no session is open
     */
    static byte[] of(int version, byte[] version3, long deadline) {
        if (version3[0] != 3) {
            throw new IllegalArgumentException("version: must be 3. Found: " + version3[0]);
        }
        return new OlderTimeline(version, version3).convert(deadline);
    }

    private byte[] convert(long deadline) {
        out.write(version);
        long stored = get();
        put(stored == 0 ? deadline : stored);
        while (in.hasRemaining()) {
            // start, opened at, end, events, last arrival
            for (int number = 0; number < 5; number++) {
                put(get());
            }
            long state = get();
            put(state);
            boolean isOpenAgain = (state & 1) == 1 && state > 1;
            for (int number = 0; isOpenAgain && number < 3; number++) {
                long published = get();
                if (version > 1) {
                    put(published);
                }
            }
        }
        return out.toByteArray();
    }

    private long get() {
        long value = 0;
        int shift = 0;
        byte group;
        do {
            group = in.get();
            value |= (group & 0x7FL) << shift;
            shift += 7;
        } while (group < 0);
        return value;
    }

    private void put(long value) {
        long rest = value;
        for (; rest > 0x7F; rest >>>= 7) {
            out.write((int) (rest & 0x7F | 0x80));
        }
        out.write((int) rest);
    }
}
