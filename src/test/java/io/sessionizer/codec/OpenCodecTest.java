package io.sessionizer.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OpenCodecTest {
    @Test
    void keepsTheFormatOfVersion1() {
        OpenCodec.Open open = new OpenCodec.Open(25, 300);
        byte[] version1 = {1, 25, (byte) 0xac, 2};
        assertArrayEquals(version1, OpenCodec.encode(open));
        assertEquals(open, OpenCodec.decode(version1));
    }

    @Test
    void readsBackTheLargest() {
        OpenCodec.Open open = new OpenCodec.Open(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(open, OpenCodec.decode(OpenCodec.encode(open)));
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> OpenCodec.decode(new byte[] {9, 0, 0}));
        assertEquals("open sessions format: must be 1. Found: 9", refused.getMessage());
    }
}
