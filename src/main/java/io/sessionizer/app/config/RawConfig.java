package io.sessionizer.app.config;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The raw configuration, not yet validated; the environment overrides the file.
 *
 * @param entries by key, sorted so that problems are in a stable order
 * @param problems unknown keys, and problems of the file itself
 */
record RawConfig(Map<String, RawValue> entries, List<ConfigProblem> problems) {
    static RawConfig of(ConfigFile file, Map<String, String> environment) {
        Map<String, RawValue> entries = new TreeMap<>();
        List<ConfigProblem> problems = new ArrayList<>(file.problems());
        file.values().forEach((key, value) -> {
            if (ConfigKey.find(key).isPresent() || KafkaConfigKey.find(key).isPresent()) {
                entries.put(key, RawValue.of(key, value));
            } else {
                problems.add(ConfigProblem.unknown(key, knownKeys()));
            }
        });
        new TreeMap<>(environment).forEach((variable, value) -> {
            Optional<String> key = EnvironmentVariables.key(variable);
            if (key.isPresent()) {
                entries.put(key.get(), RawValue.of(variable, value));
            } else if (!EnvironmentVariables.isUnrelated(variable, value)) {
                problems.add(ConfigProblem.unknown(variable, EnvironmentVariables.known()));
            }
        });
        return new RawConfig(ConfigProviders.resolve(entries, environment, problems::add), problems);
    }

    private static Set<String> knownKeys() {
        Set<String> known = new TreeSet<>(KafkaConfigKey.known());
        for (ConfigKey key : ConfigKey.values()) {
            known.add(key.key());
        }
        return known;
    }

    /** The raw value, or the default, which may be that of the configured format; empty if it is required and missing. */
    String value(ConfigKey key) {
        RawValue entry = entries.get(key.key());
        return entry == null ? defaultOf(key) : entry.value();
    }

    private String defaultOf(ConfigKey key) {
        return Optional.ofNullable(entries.get(ConfigKey.EVENT_FORMAT.key()))
                .flatMap(format -> FormatPreset.find(format.value()))
                .flatMap(format -> format.defaultOf(key.key()))
                .or(key::defaultValue)
                .orElse("");
    }

    /** The value as the operator wrote it: values from a config provider are never shown. */
    String written(ConfigKey key) {
        RawValue entry = entries.get(key.key());
        return entry == null ? value(key) : entry.written();
    }

    /** Only for a key that has been validated as a number. */
    long number(ConfigKey key) {
        return Long.parseLong(value(key));
    }

    /** The format of the events; call it only after the keys that describe the format have been validated. */
    EventFormat eventFormat() {
        FormatPreset preset = FormatPreset.find(value(ConfigKey.EVENT_FORMAT)).orElseThrow();
        Map<String, String> values = Arrays.stream(ConfigKey.values())
                .filter(key -> preset.defaultOf(key.key()).isPresent())
                .collect(Collectors.toMap(ConfigKey::key, this::value));
        return preset.format(values);
    }

    /** The origin of a key's value: the key itself, or the environment variable that overrides it. */
    String origin(ConfigKey key) {
        RawValue entry = entries.get(key.key());
        return entry == null ? key.key() : entry.origin();
    }

    /**
     * Kafka's settings as configured, and the service's defaults for some of them, without config providers: references
     * to them are resolved already.
     */
    Map<String, String> kafka() {
        Map<String, String> kafka = new TreeMap<>();
        for (ConfigKey key : ConfigKey.values()) {
            if (key.isKafkaKey()) {
                kafka.put(key.key(), value(key));
            }
        }
        entries.forEach((key, entry) -> {
            if (ConfigKey.find(key).isEmpty() && !ConfigProviders.isSetting(key)) {
                kafka.put(key, entry.value());
            }
        });
        return kafka;
    }
}
