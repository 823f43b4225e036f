package io.sessionizer.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the user gave, the environment before the file, not yet judged.
 *
 * @param entries by key, sorted so that problems come in a steady order
 * @param problems keys that nobody knows, and what is wrong with the file itself
 */
record RawConfig(Map<String, RawValue> entries, List<ConfigProblem> problems) {
    /**
     * A value.
     *
     * @param origin the key or the environment variable: what the operator has to look for
     * @param value trimmed
     */
    record RawValue(String origin, String value) {}

    static RawConfig of(ConfigFile file, Map<String, String> environment) {
        Map<String, RawValue> entries = new TreeMap<>();
        List<ConfigProblem> problems = new ArrayList<>(file.problems());
        file.values().forEach((key, value) -> {
            if (ConfigKey.find(key).isPresent() || KafkaConfigKey.find(key).isPresent()) {
                entries.put(key, new RawValue(key, value.trim()));
            } else {
                problems.add(ConfigProblem.unknown(key, value, knownKeys()));
            }
        });
        new TreeMap<>(environment).forEach((variable, value) -> {
            Optional<String> key = EnvironmentVariables.key(variable);
            if (key.isPresent()) {
                entries.put(key.get(), new RawValue(variable, value.trim()));
            } else if (!EnvironmentVariables.isUnrelated(variable, value)) {
                problems.add(ConfigProblem.unknown(variable, value, EnvironmentVariables.known()));
            }
        });
        return new RawConfig(entries, problems);
    }

    private static Set<String> knownKeys() {
        Set<String> known = new TreeSet<>(KafkaConfigKey.known());
        for (ConfigKey key : ConfigKey.values()) {
            known.add(key.key());
        }
        return known;
    }

    /** As it was written, or the default; empty where it is required and missing. */
    String value(ConfigKey key) {
        RawValue entry = entries.get(key.key());
        return entry == null ? key.defaultValue().orElse("") : entry.value();
    }

    /** Only for a key that has been judged a number. */
    long number(ConfigKey key) {
        return Long.parseLong(value(key));
    }

    /** Where the operator finds a key: itself, or the variable that overrides it. */
    String origin(ConfigKey key) {
        RawValue entry = entries.get(key.key());
        return entry == null ? key.key() : entry.origin();
    }

    /** Kafka's settings as given, and the service's defaults for some of them. */
    Map<String, String> kafka() {
        Map<String, String> kafka = new TreeMap<>();
        for (ConfigKey key : ConfigKey.values()) {
            if (key.isKafkaKey()) {
                kafka.put(key.key(), value(key));
            }
        }
        entries.forEach((key, entry) -> {
            if (ConfigKey.find(key).isEmpty()) {
                kafka.put(key, entry.value());
            }
        });
        return kafka;
    }
}
