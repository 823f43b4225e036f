package io.sessionizer.app.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Maps environment variables to config keys. */
final class EnvironmentVariables {
    static final String PREFIX = "SESSIONIZER_";

    /** Variables that Kubernetes sets in every pod of a namespace with a service named sessionizer or sessionizer-…. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            PREFIX + "(?:\\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\\w+)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_\\w+)?)");

    private static final Pattern SERVICE_PORT = Pattern.compile(PREFIX + "(?:\\w+_)?PORT");
    private static final Map<String, String> KEYS = keys();

    private EnvironmentVariables() {}

    private static Map<String, String> keys() {
        Map<String, String> keys = new HashMap<>();
        for (String name : KafkaConfigKey.known()) {
            keys.put(variable(name), name);
        }
        for (ConfigKey key : ConfigKey.values()) {
            keys.put(variable(key.key()), key.key());
        }
        return Map.copyOf(keys);
    }

    /** The variable that sets a key. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Set<String> known() {
        return new TreeSet<>(KEYS.keySet());
    }

    /** The key of a variable; empty if there is no such key. */
    static Optional<String> key(String variable) {
        return Optional.ofNullable(KEYS.get(variable));
    }

    /** Whether a variable is unrelated to the service. */
    static boolean isUnrelated(String variable, String value) {
        boolean isLink = SERVICE_LINK.matcher(variable).matches()
                || SERVICE_PORT.matcher(variable).matches() && value.contains("://");
        return !variable.startsWith(PREFIX) || isLink && !KEYS.containsKey(variable);
    }
}
