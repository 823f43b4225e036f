package io.sessionizer.kafka.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrackingStateTest {
    @Test
    void followsTheSwitch_andKeepsTheLastValidValue() {
        TrackingState tracking = new TrackingState();
        assertTrue(tracking.isActive());
        tracking.onRecord(bytes("session-tracking"), bytes("{\"active\":false}"));
        assertFalse(tracking.isActive());
        tracking.onRecord(bytes("session-tracking"), bytes("{\"active\":"));
        tracking.onRecord(bytes("another"), bytes("{\"active\":true}"));
        tracking.onRecord(null, bytes("{\"active\":true}"));
        assertFalse(tracking.isActive());
        tracking.onRecord(bytes("session-tracking"), null);
        assertTrue(tracking.isActive());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
