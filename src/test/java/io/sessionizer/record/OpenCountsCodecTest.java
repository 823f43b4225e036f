package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sessionizer.stats.OpenCounts;
import org.junit.jupiter.api.Test;

class OpenCountsCodecTest {
    @Test
    void keepsTheFormatOfVersion1() {
        OpenCounts open = new OpenCounts(25, 300);
        byte[] version1 = {1, 25, (byte) 0xac, 2};
        assertArrayEquals(version1, OpenCountsCodec.encode(open));
        assertEquals(open, OpenCountsCodec.decode(version1));
    }

    @Test
    void readsBackTheLargest() {
        OpenCounts open = new OpenCounts(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(open, OpenCountsCodec.decode(OpenCountsCodec.encode(open)));
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> OpenCountsCodec.decode(new byte[] {0, 0, 0}));
        assertEquals("open sessions format: must be 1. Found: 0", exception.getMessage());
    }
}
