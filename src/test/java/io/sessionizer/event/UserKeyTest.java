package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UserKeyTest {
    @Test
    void isTextOf1To8192Bytes() {
        for (String user : new String[] {"u", "\u0000", "я", "u".repeat(8_192), "я".repeat(4_096)}) {
            byte[] bytes = user.getBytes(UTF_8);
            assertTrue(UserKey.isValid(bytes));
            assertDoesNotThrow(() -> UserKey.requireValid(bytes));
        }
    }

    @Test
    void isNotTheEmptyKey() {
        assertFalse(UserKey.isValid(UserKey.NONE));
        assertEquals(
                "user: must be UTF-8 text of 1 to 8192 bytes. Found: 0 bytes that are not such text",
                refusal(UserKey.NONE));
    }

    @Test
    void isNotLonger() {
        assertFalse(UserKey.isValid(new byte[8_193]));
        assertEquals(
                "user: must be UTF-8 text of 1 to 8192 bytes. Found: 8193 bytes",
                refusal("u".repeat(8_193).getBytes(UTF_8)));
        // characters do not count: these are half as many
        assertFalse(UserKey.isValid("я".repeat(4_097).getBytes(UTF_8)));
    }

    @Test
    void isNotOtherBytes() {
        byte[] notText = {'u', (byte) 0xFF};
        assertFalse(UserKey.isValid(notText));
        assertEquals(
                "user: must be UTF-8 text of 1 to 8192 bytes. Found: 2 bytes that are not such text", refusal(notText));
    }

    private static String refusal(byte[] user) {
        return assertThrows(IllegalArgumentException.class, () -> UserKey.requireValid(user))
                .getMessage();
    }
}
