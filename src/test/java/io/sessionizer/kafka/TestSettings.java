package io.sessionizer.kafka;

import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.RuntimeSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import io.sessionizer.session.SessionRules;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The defaults as settings, for tests. */
public final class TestSettings {
    public static final long MINUTE = 60_000;
    public static final SessionRules RULES = new SessionRules(20 * MINUTE, 24 * 60 * MINUTE, 1000);

    /** Of this JVM: another one that runs tests at the same time would hold the lock of the stores. */
    private static final String STATE =
            "target/state-" + ProcessHandle.current().pid();

    /** The header with the session's id. */
    public static final String SESSION_HEADER = "ct-session-id";

    private TestSettings() {}

    /** The topics by their default names, without a limit of retention. */
    public static TopicSettings topics(boolean create) {
        return new TopicSettings(
                Map.of(
                        TopicRole.EVENTS, "events",
                        TopicRole.ENRICHED, "enriched-events",
                        TopicRole.CONCLUDED, "session-concluded",
                        TopicRole.DEAD_LETTER, "events-dead-letter",
                        TopicRole.PROFILES, "session-profiles",
                        TopicRole.SETTINGS, "session-settings",
                        TopicRole.BOARD, "session-board"),
                create,
                -1,
                (short) -1);
    }

    /** The same with the sessions table, which is off by default. */
    public static SessionizerSettings withSessionsTable(SessionizerSettings settings) {
        TopicSettings topics = settings.topics();
        Map<TopicRole, String> names = new EnumMap<>(topics.names());
        names.put(TopicRole.SESSIONS, "sessions");
        return new SessionizerSettings(
                settings.input(),
                settings.rules(),
                settings.clock(),
                new TopicSettings(names, topics.create(), topics.retentionMs(), topics.replicationFactor()),
                settings.runtime());
    }

    public static SessionizerSettings of(UserFrom userFrom, Uncounted uncounted, Map<String, String> kafka) {
        return of(userFrom, uncounted, RULES, new ClockSettings(30_000, 5 * MINUTE, 900_000), kafka);
    }

    public static SessionizerSettings of(
            UserFrom userFrom,
            Uncounted uncounted,
            SessionRules rules,
            ClockSettings clock,
            Map<String, String> kafka) {
        Map<String, String> all = new HashMap<>(Map.of(
                "bootstrap.servers", "unused:1",
                "application.id", "sessionizer",
                "state.dir", STATE,
                "processing.guarantee", "exactly_once_v2"));
        all.putAll(kafka);
        return new SessionizerSettings(
                new InputSettings(
                        userFrom,
                        uncounted,
                        FormatPreset.CLEVERTAP.format(Map.of("event.session.header", SESSION_HEADER)),
                        true,
                        false),
                rules,
                clock,
                topics(true),
                new RuntimeSettings(20_000, 5, 64L << 20, false, all));
    }
}
