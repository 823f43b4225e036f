package io.sessionizer.event.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigitsTest {
    @Test
    void everyByteAfterAnyNumberOfDigits() {
        for (int digits = 0; digits < 20; digits++) {
            for (int b = 0; b < 256; b++) {
                byte[] in = ("x" + "9012345678".repeat(3)).getBytes(StandardCharsets.US_ASCII);
                in[1 + digits] = (byte) b;
                boolean isDigit = b >= '0' && b <= '9';

                assertEquals(isDigit ? in.length : 1 + digits, Digits.end(in, 1));
            }
        }
    }

    @Test
    void atTheEnd() {
        byte[] in = "12".getBytes(StandardCharsets.US_ASCII);

        assertEquals(2, Digits.end(in, 0));
        assertEquals(2, Digits.end(in, 2));
    }
}
