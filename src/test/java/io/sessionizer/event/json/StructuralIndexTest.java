package io.sessionizer.event.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StructuralIndexTest {
    private static final int LONGEST = 200;

    private final StructuralIndex index = new StructuralIndex();
    private final Random random = new Random(7);

    @Test
    void everyByteInEveryLane() {
        for (int lane = 0; lane < Long.BYTES; lane++) {
            for (int b = 0; b < 256; b++) {
                byte[] json = "plain".repeat(4).getBytes(StandardCharsets.US_ASCII);
                json[lane] = (byte) b;
                requireAlike(json);
            }
        }
    }

    /** One index for all of them, so that nothing of a longer one before may show. */
    @Test
    void randomBytesOfAnyLength() {
        for (int round = 0; round < 20_000; round++) {
            byte[] json = new byte[random.nextInt(LONGEST)];
            int oneIn = 1 + random.nextInt(40);
            for (int i = 0; i < json.length; i++) {
                json[i] = (byte) (random.nextInt(oneIn) == 0 ? random.nextInt() : 'a' + random.nextInt(26));
            }
            requireAlike(json);
        }
    }

    @Test
    void eventLargerThanTheReusedIndex_andASmallOneAfterIt() {
        byte[] large = " ".repeat(3 << 20).getBytes(StandardCharsets.US_ASCII);
        large[2 << 20] = '"';
        index.index(large);

        assertEquals(2 << 20, index.next(0));
        assertEquals(large.length, index.next((2 << 20) + 1));
        requireAlike("a\"b".getBytes(StandardCharsets.US_ASCII));
    }

    private void requireAlike(byte[] json) {
        index.index(json);
        for (int from = 0; from <= json.length; from++) {
            int next = from;
            while (next < json.length && json[next] >= ' ' && json[next] != '"' && json[next] != '\\') {
                next++;
            }
            assertEquals(next, index.next(from));
        }
    }
}
