package io.sessionizer.kafka.control;

import io.sessionizer.record.TrackingSwitchCodec;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether session tracking is active: the switch (specification, section 1) as this instance has read it from the settings
 * topic. Thread-safe.
 */
public final class TrackingState {
    private static final Logger LOG = LoggerFactory.getLogger(TrackingState.class);
    private static final int MAX_LOGGED_LENGTH = 100;

    private volatile boolean active = true;

    public boolean isActive() {
        return active;
    }

    public void set(boolean active) {
        if (active != this.active) {
            LOG.info(active ? "Session tracking is active" : "Session tracking is off: events pass without a session");
        }
        this.active = active;
    }

    /** Processes a record of the settings topic. Invalid records are ignored. */
    void onRecord(byte[] key, byte[] value) {
        if (TrackingSwitchCodec.isKey(key)) {
            TrackingSwitchCodec.read(value).ifPresentOrElse(this::set, () -> logInvalid(value));
        }
    }

    private void logInvalid(byte[] value) {
        String text = new String(value, 0, Math.min(value.length, MAX_LOGGED_LENGTH), StandardCharsets.UTF_8);
        LOG.warn(
                "session-tracking: must be {\"active\":true} or {\"active\":false}; it stays {}. Found: {}",
                active ? "active" : "off",
                text.replaceAll("\\p{Cntrl}+", " "));
    }
}
