package io.sessionizer.app.config;

import io.sessionizer.event.format.NameList;
import io.sessionizer.kafka.config.SessionizerSettings;
import io.sessionizer.kafka.config.SessionizerSettings.ClockSettings;
import io.sessionizer.kafka.config.SessionizerSettings.InputSettings;
import io.sessionizer.kafka.config.SessionizerSettings.RuntimeSettings;
import io.sessionizer.kafka.config.SessionizerSettings.Uncounted;
import io.sessionizer.kafka.config.SessionizerSettings.UserFrom;
import io.sessionizer.kafka.config.TopicRole;
import io.sessionizer.kafka.config.TopicSettings;
import io.sessionizer.session.SessionRules;
import io.sessionizer.web.Backend.EffectiveSetting;
import io.sessionizer.web.HttpSettings;
import io.sessionizer.web.access.AccessSettings;
import io.sessionizer.web.access.AccessSettings.ProxySettings;
import io.sessionizer.web.access.AccessSettings.ReadAccess;
import io.sessionizer.web.access.AddressRange;
import io.sessionizer.web.board.TimeZones;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration from a file and the environment (specification, section 5): valid, or all problems. */
public sealed interface Configuration {
    /**
     * A valid configuration.
     *
     * @param settings of the stream
     * @param http of the Session Board
     * @param effectiveSettings all effective settings, without secrets, for display
     */
    record Valid(SessionizerSettings settings, HttpSettings http, List<EffectiveSetting> effectiveSettings)
            implements Configuration {
        /** The same, but reading resumes at the committed positions. */
        public Valid acceptingPositions() {
            return new Valid(settings.acceptingPositions(), http, effectiveSettings);
        }
    }

    /**
     * An invalid configuration.
     *
     * @param problems all problems, one line each; never empty, never with a secret
     */
    record Invalid(List<String> problems) implements Configuration {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Validates settings without side effects.
     *
     * @param file keys and values of the file
     * @param environment all variables; those that don't begin with {@code SESSIONIZER_} are ignored
     */
    static Configuration load(Map<String, String> file, Map<String, String> environment) {
        return load(new ConfigFile(file, List.of()), environment);
    }

    /** The same, including problems of the file itself. */
    static Configuration load(ConfigFile file, Map<String, String> environment) {
        RawConfig rawConfig = RawConfig.of(file, environment);
        List<ConfigProblem> problems = ConfigValidator.problems(rawConfig);
        return problems.isEmpty()
                ? new Valid(settings(rawConfig), http(rawConfig), EffectiveSettings.settings(rawConfig))
                : new Invalid(
                        problems.stream().map(ConfigProblem::line).distinct().toList());
    }

    private static SessionizerSettings settings(RawConfig rawConfig) {
        return new SessionizerSettings(
                new InputSettings(
                        UserFrom.valueOf(rawConfig.value(ConfigKey.USER_FROM).toUpperCase(Locale.ROOT)),
                        Uncounted.valueOf(
                                rawConfig.value(ConfigKey.EVENTS_UNCOUNTED).toUpperCase(Locale.ROOT)),
                        rawConfig.eventFormat(),
                        rawConfig.value(ConfigKey.ERASURE).equals("on"),
                        Boolean.parseBoolean(rawConfig.value(ConfigKey.EVENT_KEY_PREFIX))),
                new SessionRules(
                        rawConfig.number(ConfigKey.SESSION_INACTIVITY_GAP_MS),
                        rawConfig.number(ConfigKey.SESSION_RETENTION_MS),
                        Math.toIntExact(rawConfig.number(ConfigKey.SESSION_MAX_PER_USER))),
                new ClockSettings(
                        rawConfig.number(ConfigKey.IDLE_AFTER_MS),
                        rawConfig.number(ConfigKey.EVENT_MAX_FUTURE_MS),
                        rawConfig.number(ConfigKey.STALLED_AFTER_MS)),
                topics(rawConfig),
                new RuntimeSettings(
                        rawConfig.number(ConfigKey.STARTUP_TIMEOUT_MS),
                        Math.toIntExact(rawConfig.number(ConfigKey.THREAD_MAX_REPLACEMENTS)),
                        rawConfig.number(ConfigKey.STATE_MEMORY_BYTES),
                        false,
                        rawConfig.kafka()));
    }

    private static HttpSettings http(RawConfig rawConfig) {
        return new HttpSettings(
                rawConfig.value(ConfigKey.HTTP_HOST),
                Math.toIntExact(rawConfig.number(ConfigKey.HTTP_PORT)),
                optional(rawConfig, ConfigKey.HTTP_HEALTH_PORT).map(Integer::valueOf),
                access(rawConfig),
                TimeZones.find(rawConfig.value(ConfigKey.BOARD_TIME_ZONE)).orElseThrow());
    }

    private static AccessSettings access(RawConfig rawConfig) {
        Set<String> names = NameList.split(rawConfig.value(ConfigKey.HTTP_NAMES)).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<AddressRange> proxies = NameList.split(rawConfig.value(ConfigKey.HTTP_PROXY_ADDRESSES)).stream()
                .map(range -> AddressRange.parse(range).orElseThrow())
                .collect(Collectors.toSet());
        return new AccessSettings(
                ReadAccess.valueOf(rawConfig.value(ConfigKey.HTTP_READS).toUpperCase(Locale.ROOT)),
                optional(rawConfig, ConfigKey.HTTP_TOKEN),
                optional(rawConfig, ConfigKey.HTTP_TOKEN_FILE).map(Path::of),
                names,
                new ProxySettings(
                        proxies,
                        rawConfig.value(ConfigKey.HTTP_PROXY_USER_HEADER).toLowerCase(Locale.ROOT)));
    }

    private static Optional<String> optional(RawConfig rawConfig, ConfigKey key) {
        return Optional.of(rawConfig.value(key)).filter(value -> !value.isEmpty());
    }

    private static TopicSettings topics(RawConfig rawConfig) {
        Map<TopicRole, String> names = new EnumMap<>(TopicRole.class);
        for (TopicRole role : TopicRole.values()) {
            optional(rawConfig, ConfigKey.find(role.key()).orElseThrow()).ifPresent(name -> names.put(role, name));
        }
        return new TopicSettings(
                names,
                Boolean.parseBoolean(rawConfig.value(ConfigKey.TOPICS_CREATE)),
                rawConfig.number(ConfigKey.TOPICS_RETENTION_MS),
                (short) rawConfig.number(ConfigKey.TOPICS_REPLICATION_FACTOR));
    }
}
