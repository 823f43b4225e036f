package io.sessionizer.app.config;

/** A group of keys. */
enum ConfigSection {
    KAFKA("Kafka"),
    INPUT("Events"),
    SESSIONS("Sessions"),
    TOPICS("Topics"),
    BOARD("Session Board"),
    RUNNING("Running");

    private final String title;

    ConfigSection(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
