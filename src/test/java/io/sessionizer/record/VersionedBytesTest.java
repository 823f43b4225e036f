package io.sessionizer.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VersionedBytesTest {
    private static final VersionedBytes FORMAT = new VersionedBytes("sample", (byte) 2, (byte) 3);

    @Test
    void rejectsANewerVersionWithTheRemedy() {
        NewerFormatException failure =
                assertThrows(NewerFormatException.class, () -> FORMAT.wrap(new byte[] {99, 0, 0}));
        assertEquals(
                "sample format: must be 2 to 3. Found: 99, written by a newer version; run that version or newer (to"
                        + " upgrade, stop all instances, then start them)",
                failure.getMessage());
    }

    @Test
    void aVersionThatWasNeverWritten_isNotANewerOne() {
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> FORMAT.wrap(new byte[] {1}));
        assertFalse(failure instanceof NewerFormatException);
        assertEquals("sample format: must be 2 to 3. Found: 1", failure.getMessage());
    }
}
