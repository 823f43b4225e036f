package io.sessionizer.kafka.config;

import java.util.List;

/** Names of stores and nodes. Changelog and repartition topics contain them, so a change would orphan stored state. */
public final class NodeNames {
    public static final String TIMELINES = "timelines";
    public static final String DEADLINES = "deadlines";
    public static final String BOARD = "board";
    /** The store of a task that re-keys the input: its partition's checkpoint. */
    public static final String INPUT = "input";

    /** Names of stores without content. */
    public static final String COMMIT_SIGNAL = "commit-signal";

    public static final String INPUT_COMMIT_SIGNAL = "input-commit-signal";

    public static final String BY_USER = "by-user";

    public static final String EVENTS = "events-source";
    public static final String SESSIONIZE = "sessionize";
    /** The name that Kafka Streams gives the first node of the repartition named {@link #BY_USER}. */
    public static final String BY_USER_INPUT = "by-user-repartition-filter";

    public static final String REKEY = "rekey";
    public static final String ENRICHED_SINK = "enriched-sink";
    /** Sink of uncounted events without a user, which cannot be re-keyed. */
    public static final String ENRICHED_UNKNOWN_USER_SINK = "enriched-unknown-user-sink";

    public static final String CONCLUDED_SINK = "concluded-sink";
    public static final String DEAD_LETTER_SINK = "dead-letter-sink";
    public static final String PROFILES_SINK = "profiles-sink";
    public static final String SESSIONS_SINK = "sessions-sink";
    public static final String BOARD_SINK = "board-sink";

    private NodeNames() {}

    /** The internal topics of an application, named as Kafka Streams names them. */
    public static List<String> internalTopics(String applicationId, boolean isRepartitioned) {
        return isRepartitioned
                ? List.of(
                        changelog(applicationId, TIMELINES),
                        changelog(applicationId, BOARD),
                        changelog(applicationId, INPUT),
                        byUserTopic(applicationId))
                : List.of(changelog(applicationId, TIMELINES), changelog(applicationId, BOARD));
    }

    /** The changelog topics of each partition's state, in all versions. */
    public static List<String> changelogs(String applicationId) {
        return List.of(changelog(applicationId, TIMELINES), changelog(applicationId, BOARD));
    }

    private static String changelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }

    /** The repartition topic, as Kafka Streams names it. */
    public static String byUserTopic(String applicationId) {
        return applicationId + "-" + BY_USER + "-repartition";
    }
}
