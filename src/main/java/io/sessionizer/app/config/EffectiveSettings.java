package io.sessionizer.app.config;

import io.sessionizer.web.Backend.EffectiveSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The effective settings and their origins, for display: secrets are masked. */
final class EffectiveSettings {
    private static final String MASK = "********";
    private static final String DEFAULT = "default";

    private EffectiveSettings() {}

    /** All keys of the service in order, then the configured Kafka settings. */
    static List<EffectiveSetting> settings(RawConfig rawConfig) {
        List<EffectiveSetting> settings = new ArrayList<>();
        for (ConfigKey key : ConfigKey.values()) {
            String origin = Optional.ofNullable(rawConfig.entries().get(key.key()))
                    .map(EffectiveSettings::origin)
                    .orElse(DEFAULT);
            settings.add(new EffectiveSetting(
                    key.section().title(), key.key(), masked(key.key(), rawConfig.written(key)), origin, key.doc()));
        }
        rawConfig.entries().forEach((name, entry) -> {
            if (ConfigKey.find(name).isEmpty()) {
                settings.add(new EffectiveSetting(
                        "Kafka's own", name, masked(name, entry.written()), origin(entry), "passed through to Kafka"));
            }
        });
        return List.copyOf(settings);
    }

    private static String origin(RawValue entry) {
        return entry.origin().startsWith(EnvironmentVariables.PREFIX) ? "environment" : "file";
    }

    private static String masked(String name, String value) {
        return value.isEmpty() || !ConfigProblem.isSecret(name) ? value : MASK;
    }
}
