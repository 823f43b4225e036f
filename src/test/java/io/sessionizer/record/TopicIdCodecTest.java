package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicIdCodecTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void keepsTheFormatOfVersion1() {
        byte[] bytes = HexFormat.of().parseHex("01" + "00112233445566778899aabbccddeeff");
        assertArrayEquals(bytes, TopicIdCodec.encode(ID));
        assertEquals(ID, TopicIdCodec.decode(bytes));
    }

    @Test
    void rejectsAnUnknownVersion() {
        assertThrows(IllegalStateException.class, () -> TopicIdCodec.decode(new byte[17]));
        assertThrows(NewerFormatException.class, () -> TopicIdCodec.decode(new byte[] {2}));
    }
}
