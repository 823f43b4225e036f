package io.sessionizer.app;

import io.sessionizer.board.HttpSettings;
import io.sessionizer.board.Service.Setting;
import io.sessionizer.board.Zones;
import io.sessionizer.event.EventFormat;
import io.sessionizer.kafka.Settings;
import io.sessionizer.kafka.Settings.ClockSettings;
import io.sessionizer.kafka.Settings.TopicSettings;
import io.sessionizer.kafka.Settings.Uncounted;
import io.sessionizer.kafka.Settings.UserFrom;
import io.sessionizer.session.SessionRules;
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
    record Valid(Settings settings, HttpSettings http, List<Setting> inEffect) implements Configuration {}

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
        Given given = Given.of(file, environment);
        List<Problem> problems = Check.problems(given);
        return problems.isEmpty()
                ? new Valid(settings(given), http(given), InEffect.settings(given))
                : new Invalid(problems.stream().map(Problem::line).distinct().toList());
    }

    private static Settings settings(Given given) {
        return new Settings(
                UserFrom.valueOf(given.text(Key.USER_FROM).toUpperCase(Locale.ROOT)),
                Uncounted.valueOf(given.text(Key.EVENTS_UNCOUNTED).toUpperCase(Locale.ROOT)),
                format(given),
                new SessionRules(
                        given.number(Key.SESSION_INACTIVITY_GAP_MS),
                        given.number(Key.SESSION_RETENTION_MS),
                        Math.toIntExact(given.number(Key.SESSION_MAX_PER_USER))),
                new ClockSettings(given.number(Key.IDLE_AFTER_MS), given.number(Key.EVENT_MAX_FUTURE_MS)),
                topics(given),
                given.number(Key.STARTUP_TIMEOUT_MS),
                Math.toIntExact(given.number(Key.THREAD_MAX_REPLACEMENTS)),
                given.number(Key.STATE_MEMORY_BYTES),
                given.kafka());
    }

    private static HttpSettings http(Given given) {
        return new HttpSettings(
                given.text(Key.HTTP_HOST),
                Math.toIntExact(given.number(Key.HTTP_PORT)),
                Optional.of(given.text(Key.HTTP_TOKEN)).filter(token -> !token.isEmpty()),
                Zones.find(given.text(Key.BOARD_TIME_ZONE)).orElseThrow());
    }

    private static EventFormat format(Given given) {
        return new EventFormat(
                Names.split(given.text(Key.EVENT_USER_FIELDS)),
                given.text(Key.EVENT_TYPE_FIELD),
                given.text(Key.EVENT_NAME_FIELD),
                given.text(Key.EVENT_TIME_FIELD),
                given.text(Key.EVENT_DATA_FIELD),
                given.text(Key.EVENT_SOURCE_FIELD),
                given.text(Key.EVENT_SESSION_FIELD),
                Set.copyOf(Names.split(given.text(Key.EXCLUDED_EVENTS))),
                Set.copyOf(Names.split(given.text(Key.UNTRACKED_SOURCES))));
    }

    private static TopicSettings topics(Given given) {
        return new TopicSettings(
                given.text(Key.EVENTS_TOPIC),
                given.text(Key.ENRICHED_TOPIC),
                given.text(Key.CONCLUDED_TOPIC),
                given.text(Key.DEAD_LETTER_TOPIC),
                given.text(Key.PROFILES_TOPIC),
                given.text(Key.SETTINGS_TOPIC),
                given.text(Key.BOARD_TOPIC),
                Boolean.parseBoolean(given.text(Key.TOPICS_CREATE)),
                given.number(Key.TOPICS_RETENTION_MS),
                (short) given.number(Key.TOPICS_REPLICATION_FACTOR));
    }
}
