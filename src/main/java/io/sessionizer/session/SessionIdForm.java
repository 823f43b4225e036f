package io.sessionizer.session;

import java.util.Arrays;
import java.util.Optional;

/** The form in which a session's id is written. The order is part of the format of stored timelines. */
public enum SessionIdForm {
    /** A UUID, as text; unique. */
    UUID("uuid", 1),
    /** The time of the event that opened the session in epoch seconds, as a number; unique among a user's sessions. */
    EPOCH_SECONDS("epoch.seconds", 1_000),
    /** The same in epoch ms. */
    EPOCH_MILLIS("epoch.millis", 1);

    private final String value;
    private final long unitMs;

    SessionIdForm(String value, long unitMs) {
        this.value = value;
        this.unitMs = unitMs;
    }

    /** Its name in a configuration. */
    public String value() {
        return value;
    }

    public static Optional<SessionIdForm> find(String value) {
        return Arrays.stream(values()).filter(form -> form.value.equals(value)).findFirst();
    }

    /** The shortest inactivity gap in ms with which no two sessions of a user get the same id. */
    public long minGapMs() {
        return unitMs;
    }
}
