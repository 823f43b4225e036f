package io.sessionizer.event.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void isText_whenValidAndNotEmpty() {
        assertTrue(Utf8.isText("user-42".getBytes(UTF_8)));
        assertTrue(Utf8.isText("\u0000é€😀\udbff\udfff".getBytes(UTF_8)));
        assertFalse(Utf8.isText(new byte[0]));
    }

    @Test
    void agreesWithTheJdk_onEveryLeadAndWhatMayFollow() {
        int[] followers = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int lead = 0; lead < 256; lead++) {
            assertAgrees(lead);
            for (int second : followers) {
                assertAgrees(lead, second);
                for (int third : followers) {
                    assertAgrees(lead, second, third);
                    for (int fourth : followers) {
                        assertAgrees(lead, second, third, fourth);
                    }
                }
            }
        }
    }

    private static void assertAgrees(int... bytes) {
        byte[] text = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[i] = (byte) bytes[i];
        }
        assertEquals(isValid(text), Utf8.isText(text), () -> Arrays.toString(bytes));
    }

    private static boolean isValid(byte[] text) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
