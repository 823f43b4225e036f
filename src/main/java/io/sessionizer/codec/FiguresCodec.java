package io.sessionizer.codec;

import io.sessionizer.session.Figures;
import io.sessionizer.session.LengthSteps;
import java.nio.ByteBuffer;

/**
 * A quarter-hour's figures as they are stored: a byte of format version, a byte of flags, then in variable length the active
 * users, the sums, and for each step of {@link LengthSteps} that any session is counted in its distance from the one before
 * and its sessions. A new version is added beside the old ones, which stay readable.
 */
public final class FiguresCodec {
    private static final byte VERSION = 1;
    private static final byte UNWRITTEN = 1;
    private static final int MAX_LENGTH = 2 + Varint.MAX_LENGTH * (3 + 2 * LengthSteps.COUNT);

    private FiguresCodec() {}

    /**
     * What is stored of a quarter-hour.
     *
     * @param activeUsers users with an open session when the clock left it
     * @param isUnwritten whether the topic does not have it like this yet
     */
    public record Stored(Figures figures, long activeUsers, boolean isUnwritten) {}

    public static byte[] encode(Stored stored) {
        Figures figures = stored.figures();
        ByteBuffer out = ByteBuffer.allocate(MAX_LENGTH);
        out.put(VERSION).put(stored.isUnwritten() ? UNWRITTEN : 0);
        Varint.put(out, stored.activeUsers());
        Varint.put(out, figures.lengthSeconds());
        Varint.put(out, figures.events());
        int last = 0;
        for (int step = 0; step < LengthSteps.COUNT; step++) {
            if (figures.ofLength(step) != 0) {
                Varint.put(out, step - last);
                Varint.put(out, figures.ofLength(step));
                last = step;
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
        boolean isUnwritten = in.get() == UNWRITTEN;
        long activeUsers = Varint.get(in);
        Figures figures = new Figures();
        figures.countSums(Varint.get(in), Varint.get(in));
        int step = 0;
        while (in.hasRemaining()) {
            step += (int) Varint.get(in);
            figures.countLengths(step, Varint.get(in));
        }
        return new Stored(figures, activeUsers, isUnwritten);
    }
}
