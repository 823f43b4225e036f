package io.sessionizer.app.config;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.utils.Utils;

/**
 * Resolves references such as {@code ${file:/run/secrets/kafka.properties:password}} in the values of all keys, by Kafka's
 * config providers. {@code file}, {@code env} and {@code dir} need no configuration; others are configured as for Kafka's
 * clients. References are resolved once at startup, so that the service's own keys and all clients have the same
 * values.
 */
final class ConfigProviders {
    private static final String KEY = "config.providers";
    private static final Pattern REFERENCE = ConfigTransformer.DEFAULT_PATTERN;

    private final Map<String, RawValue> entries;
    private final Map<String, String> environment;
    private final Map<String, ConfigProvider> opened = new HashMap<>();

    private ConfigProviders(Map<String, RawValue> entries, Map<String, String> environment) {
        this.entries = entries;
        this.environment = environment;
    }

    /** Whether a key configures config providers. */
    static boolean isSetting(String key) {
        return key.equals(KEY) || key.startsWith(KEY + ".");
    }

    /**
     * The entries with their references resolved. A reference that can't be resolved is a problem, and its entry is
     * omitted.
     */
    static Map<String, RawValue> resolve(
            Map<String, RawValue> entries, Map<String, String> environment, Consumer<ConfigProblem> problems) {
        ConfigProviders providers = new ConfigProviders(entries, environment);
        Map<String, RawValue> resolved = new TreeMap<>();
        // a provider's own problem is the same for each reference
        Set<ConfigProblem> found = new LinkedHashSet<>();
        try {
            entries.forEach((key, entry) -> {
                Optional<ConfigProblem> problem = isSetting(key) ? Optional.empty() : providers.problem(entry);
                if (problem.isPresent()) {
                    found.add(problem.get());
                } else {
                    resolved.put(key, isSetting(key) ? entry : providers.resolved(entry));
                }
            });
        } finally {
            providers.opened.values().forEach(provider -> Utils.closeQuietly(provider, "config provider"));
        }
        found.forEach(problems);
        return resolved;
    }

    private RawValue resolved(RawValue entry) {
        return new RawValue(
                entry.origin(), entry.written(), transformed(entry.written()).trim());
    }

    /** Why a value's references can't be resolved; empty if they can, or if there are none. */
    private Optional<ConfigProblem> problem(RawValue entry) {
        return REFERENCE
                .matcher(entry.written())
                .results()
                .flatMap(reference -> problem(entry, reference).stream())
                .findFirst();
    }

    /** Names the reference, which is not a secret even if the value is. */
    private Optional<ConfigProblem> problem(RawValue entry, MatchResult reference) {
        String name = reference.group(1);
        try {
            if (!open(name)) {
                String rule = "must name a config provider, file, env, dir or one of " + KEY;
                return Optional.of(ConfigProblem.of(entry.origin(), rule, entry.written()));
            }
        } catch (KafkaException | ReflectiveOperationException | ClassCastException e) {
            RawValue type = entries.get(classKey(name));
            String rule = "must be the class of a config provider that accepts its parameters";
            return Optional.of(ConfigProblem.of(type.origin(), rule, type.written()));
        }
        return violation(reference.group()).map(rule -> new ConfigProblem(entry.origin(), rule, reference.group()));
    }

    private Optional<String> violation(String reference) {
        try {
            return transformed(reference).equals(reference)
                    ? Optional.of("must refer to a value of the config provider")
                    : Optional.empty();
        } catch (KafkaException e) {
            return Optional.of("must refer to a value that the config provider can read");
        }
    }

    private String transformed(String written) {
        return new ConfigTransformer(opened)
                .transform(Map.of(KEY, written))
                .data()
                .get(KEY);
    }

    private boolean open(String name) throws ReflectiveOperationException {
        if (opened.containsKey(name)) {
            return true;
        }
        Optional<ConfigProvider> provider = configured(name).or(() -> builtIn(name));
        provider.ifPresent(found -> opened.put(name, found));
        return provider.isPresent();
    }

    private Optional<ConfigProvider> configured(String name) throws ReflectiveOperationException {
        RawValue type = entries.get(classKey(name));
        if (type == null) {
            return Optional.empty();
        }
        ConfigProvider provider = Utils.newInstance(type.value(), ConfigProvider.class);
        Map<String, String> parameters = new HashMap<>();
        String prefix = KEY + "." + name + ".param.";
        entries.forEach((key, entry) -> {
            if (key.startsWith(prefix)) {
                parameters.put(key.substring(prefix.length()), entry.value());
            }
        });
        provider.configure(parameters);
        return Optional.of(provider);
    }

    private static String classKey(String name) {
        return KEY + "." + name + ".class";
    }

    private Optional<ConfigProvider> builtIn(String name) {
        return switch (name) {
            case "file" -> configured(new FileConfigProvider());
            case "dir" -> configured(new DirectoryConfigProvider());
            case "env" -> configured(new EnvVarConfigProvider(environment));
            default -> Optional.empty();
        };
    }

    private static Optional<ConfigProvider> configured(ConfigProvider provider) {
        provider.configure(Map.of());
        return Optional.of(provider);
    }
}
