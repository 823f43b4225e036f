package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class UserCursorCodecTest {
    @Test
    void keepsTheFormatOfVersion1() {
        assertArrayEquals(new byte[] {1, 'a', 'b'}, UserCursorCodec.encode(new byte[] {'a', 'b'}));
        assertArrayEquals(new byte[] {'a', 'b'}, UserCursorCodec.decode(new byte[] {1, 'a', 'b'}));
        assertArrayEquals(new byte[0], UserCursorCodec.decode(UserCursorCodec.encode(new byte[0])));
    }

    @Test
    void rejectsAnUnknownVersion() {
        assertThrows(IllegalStateException.class, () -> UserCursorCodec.decode(new byte[] {0}));
    }
}
