package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockCodecTest {
    @Test
    void keepsTheFormatOfVersion1() {
        byte[] version1 = HexFormat.of().parseHex("0100000155de5f6820");
        assertArrayEquals(version1, ClockCodec.encode(0x155de5f6820L));
        assertEquals(0x155de5f6820L, ClockCodec.decode(version1));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void readsBackWhatItWrote(long clockMs) {
        assertEquals(clockMs, ClockCodec.decode(ClockCodec.encode(clockMs)));
    }

    @Test
    void rejectsAnUnknownVersion() {
        IllegalStateException exception =
                assertThrows(IllegalStateException.class, () -> ClockCodec.decode(new byte[] {9, 0}));
        assertEquals("clock format: must be 1. Found: 9", exception.getMessage());
    }
}
