package io.sessionizer.kafka;

/** Names of stores and nodes. Changelog and repartition topics bear them, so a change would orphan stored state. */
final class Names {
    static final String TIMELINES = "timelines";
    static final String DEADLINES = "deadlines";
    static final String BOARD = "board";
    /** Of a store that holds nothing. */
    static final String COMMIT_SIGNAL = "commit-signal";

    static final String BY_USER = "by-user";

    static final String EVENTS = "events-source";
    static final String SESSIONIZE = "sessionize";
    /** The name that Kafka Streams gives the first node of the repartition named {@link #BY_USER}. */
    static final String BY_USER_SINK = "by-user-repartition-filter";

    static final String REKEY = "rekey";
    static final String ENRICHED = "enriched-sink";
    /** Of uncounted events that name no user, and so cannot be re-keyed. */
    static final String ENRICHED_UNKNOWN_USER = "enriched-unknown-user-sink";

    static final String CONCLUDED = "concluded-sink";
    static final String DEAD_LETTER = "dead-letter-sink";
    static final String PROFILES = "profiles-sink";
    static final String BOARD_SINK = "board-sink";

    private Names() {}
}
