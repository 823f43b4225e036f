package io.sessionizer.kafka;

import io.sessionizer.event.EventFormat;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.TopicSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.SessionRules;
import java.util.HashMap;
import java.util.Map;

/** The contract's defaults as settings, for tests. */
public final class TestSettings {
    public static final long MINUTE = 60_000;
    public static final SessionRules RULES = new SessionRules(20 * MINUTE, 24 * 60 * MINUTE, 1000);

    private TestSettings() {}

    public static SessionizerSettings of(UserFrom userFrom, Uncounted uncounted, Map<String, String> kafka) {
        return of(userFrom, uncounted, RULES, new ClockSettings(30_000, 5 * MINUTE), kafka);
    }

    public static SessionizerSettings of(
            UserFrom userFrom,
            Uncounted uncounted,
            SessionRules rules,
            ClockSettings clock,
            Map<String, String> kafka) {
        TopicSettings topics = new TopicSettings(
                "events",
                "enriched-events",
                "session-concluded",
                "events-dead-letter",
                "session-profiles",
                "session-settings",
                "session-board",
                true,
                -1,
                (short) -1);
        Map<String, String> withBroker = new HashMap<>(Map.of("bootstrap.servers", "unused:1"));
        withBroker.putAll(kafka);
        return new SessionizerSettings(
                userFrom, uncounted, EventFormat.DEFAULT, rules, clock, topics, 20_000, 5, 64L << 20, withBroker);
    }
}
