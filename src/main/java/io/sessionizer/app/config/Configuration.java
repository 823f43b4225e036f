package io.sessionizer.app.config;

import io.sessionizer.event.EventFormat;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.TopicSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.session.SessionRules;
import io.sessionizer.web.Backend.EffectiveSetting;
import io.sessionizer.web.HttpSettings;
import io.sessionizer.web.board.TimeZones;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a file and the environment make of the settings (contract section 5): all valid, or all that is wrong. */
public sealed interface Configuration {
    /**
     * Everything is in order.
     *
     * @param settings of the stream
     * @param http of the Session Board
     * @param inEffect every setting, to be shown to anybody: without secrets
     */
    record Valid(SessionizerSettings settings, HttpSettings http, List<EffectiveSetting> inEffect)
            implements Configuration {}

    /**
     * Something is wrong.
     *
     * @param lines everything, a line each; never empty, never with a secret
     */
    record Invalid(List<String> lines) implements Configuration {
        public Invalid {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Judges settings without touching anything outside.
     *
     * @param file keys and values of the file
     * @param environment all variables; those that don't begin with {@code SESSIONIZER_} are left alone
     */
    static Configuration load(Map<String, String> file, Map<String, String> environment) {
        return load(new ConfigFile(file, List.of()), environment);
    }

    /** The same, together with the problems of the file itself. */
    static Configuration load(ConfigFile file, Map<String, String> environment) {
        RawConfig given = RawConfig.of(file, environment);
        List<ConfigProblem> problems = ConfigValidator.problems(given);
        return problems.isEmpty()
                ? new Valid(settings(given), http(given), EffectiveSettings.settings(given))
                : new Invalid(
                        problems.stream().map(ConfigProblem::line).distinct().toList());
    }

    private static SessionizerSettings settings(RawConfig given) {
        return new SessionizerSettings(
                UserFrom.valueOf(given.text(ConfigKey.USER_FROM).toUpperCase(Locale.ROOT)),
                Uncounted.valueOf(given.text(ConfigKey.EVENTS_UNCOUNTED).toUpperCase(Locale.ROOT)),
                format(given),
                new SessionRules(
                        given.number(ConfigKey.SESSION_INACTIVITY_GAP_MS),
                        given.number(ConfigKey.SESSION_RETENTION_MS),
                        Math.toIntExact(given.number(ConfigKey.SESSION_MAX_PER_USER))),
                new ClockSettings(given.number(ConfigKey.IDLE_AFTER_MS), given.number(ConfigKey.EVENT_MAX_FUTURE_MS)),
                topics(given),
                given.number(ConfigKey.STARTUP_TIMEOUT_MS),
                Math.toIntExact(given.number(ConfigKey.THREAD_MAX_REPLACEMENTS)),
                given.number(ConfigKey.STATE_MEMORY_BYTES),
                given.kafka());
    }

    private static HttpSettings http(RawConfig given) {
        return new HttpSettings(
                given.text(ConfigKey.HTTP_HOST),
                Math.toIntExact(given.number(ConfigKey.HTTP_PORT)),
                Optional.of(given.text(ConfigKey.HTTP_TOKEN)).filter(token -> !token.isEmpty()),
                TimeZones.find(given.text(ConfigKey.BOARD_TIME_ZONE)).orElseThrow());
    }

    private static EventFormat format(RawConfig given) {
        return new EventFormat(
                NameList.split(given.text(ConfigKey.EVENT_USER_FIELDS)),
                given.text(ConfigKey.EVENT_TYPE_FIELD),
                given.text(ConfigKey.EVENT_NAME_FIELD),
                given.text(ConfigKey.EVENT_TIME_FIELD),
                given.text(ConfigKey.EVENT_DATA_FIELD),
                given.text(ConfigKey.EVENT_SOURCE_FIELD),
                given.text(ConfigKey.EVENT_SESSION_FIELD),
                Set.copyOf(NameList.split(given.text(ConfigKey.EXCLUDED_EVENTS))),
                Set.copyOf(NameList.split(given.text(ConfigKey.UNTRACKED_SOURCES))));
    }

    private static TopicSettings topics(RawConfig given) {
        return new TopicSettings(
                given.text(ConfigKey.EVENTS_TOPIC),
                given.text(ConfigKey.ENRICHED_TOPIC),
                given.text(ConfigKey.CONCLUDED_TOPIC),
                given.text(ConfigKey.DEAD_LETTER_TOPIC),
                given.text(ConfigKey.PROFILES_TOPIC),
                given.text(ConfigKey.SETTINGS_TOPIC),
                given.text(ConfigKey.BOARD_TOPIC),
                Boolean.parseBoolean(given.text(ConfigKey.TOPICS_CREATE)),
                given.number(ConfigKey.TOPICS_RETENTION_MS),
                (short) given.number(ConfigKey.TOPICS_REPLICATION_FACTOR));
    }
}
