package io.sessionizer.kafka.config;

/** What the service needs a topic for. */
public enum TopicRole {
    /** Input: user events. */
    EVENTS("events.topic"),
    /** Output: events with their session id. */
    ENRICHED("enriched.topic"),
    /** Output: Session Concluded events. */
    CONCLUDED("concluded.topic"),
    /** Output: records that could not be parsed or are not valid. */
    DEAD_LETTER("dead.letter.topic"),
    /** Output, compacted: each user's session with the latest activity. */
    PROFILES("profiles.topic"),
    /** Output, compacted, optional: the sessions table, one row per session. */
    SESSIONS("sessions.topic"),
    /** Control, compacted: the switches that apply while the service runs. */
    SETTINGS("settings.topic"),
    /** Output, compacted: the statistics that the Session Board shows. */
    BOARD("board.topic");

    private final String key;

    TopicRole(String key) {
        this.key = key;
    }

    /** The configuration key that sets the topic's name. */
    public String key() {
        return key;
    }

    /** Whether the service can run without such a topic. */
    public boolean isOptional() {
        return this == SESSIONS;
    }
}
