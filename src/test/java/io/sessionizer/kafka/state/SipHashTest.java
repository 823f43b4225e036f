package io.sessionizer.kafka.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
    /** The inputs 00, 00 01, … and the key 00 01 … 0f of the authors' test vectors; computed by another implementation. */
    @ParameterizedTest
    @CsvSource({
        "0, abac0158050fc4dc",
        "1, c9f49bf37d57ca93",
        "7, d3927d989bb11140",
        "8, 369095118d299a8e",
        "15, d320d86d2a519956",
        "16, cc4fdd1a7d908b66",
        "63, 9d199062b7bbb3a8"
    })
    void isSipHash13(int length, String expected) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) i;
        }
        SipHash hash = new SipHash(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
        assertEquals(expected, HexFormat.of().toHexDigits(hash.hash(input)));
    }

    /** As Python hashes bytes with PYTHONHASHSEED=0. */
    @Test
    void readsBytesAsUnsigned() {
        byte[] input = {'Z', 'o', (byte) 0xC3, (byte) 0xAB, (byte) 0xFF, (byte) 0x80};
        assertEquals(0x14665CA10D700CF5L, new SipHash(0, 0).hash(input));
    }

    @Test
    void hasAnotherKeyEachTime() {
        assertNotEquals(SipHash.withRandomKey(), SipHash.withRandomKey());
    }
}
