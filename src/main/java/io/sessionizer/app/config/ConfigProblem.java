package io.sessionizer.app.config;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A configuration problem, in one line for the operator.
 *
 * @param key as the operator wrote it: a key, or the name of an environment variable
 * @param rule the rule that is violated
 * @param found the value found; never a secret
 */
record ConfigProblem(String key, String rule, String found) {
    static final String HIDDEN = "[hidden]";

    private static final int MAX_FOUND_LENGTH = 120;
    private static final Pattern SECRET =
            Pattern.compile("password|passphrase|secret|jaas|credential|token|ssl.*key$|certificate");

    /** The service does not define the names of a config provider's parameters. */
    private static final Pattern PROVIDER_PARAMETER = Pattern.compile("config\\.providers\\..*\\.param\\.");

    static ConfigProblem of(String key, String rule, String value) {
        return new ConfigProblem(key, rule, displayValue(key, value));
    }

    /**
     * The value, or a mask if the key has Kafka's type PASSWORD or its name looks like a secret, even if it is
     * misspelt.
     */
    static String displayValue(String key, String value) {
        return isSecret(key) ? HIDDEN : value;
    }

    /** Whether a key or environment variable holds a secret. */
    static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT).replace('_', '.');
        return isPassword(name)
                || SECRET.matcher(name).find()
                || PROVIDER_PARAMETER.matcher(name).find();
    }

    private static boolean isPassword(String key) {
        return KafkaConfigKey.find(key)
                .flatMap(KafkaConfigKey::type)
                .filter(ConfigDef.Type.PASSWORD::equals)
                .isPresent();
    }

    /** {@code key: rule. Found: value}, never with a line break. */
    String line() {
        return oneLine(key) + ": " + rule + ". Found: " + (found.isEmpty() ? "nothing" : oneLine(found));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_FOUND_LENGTH ? line : line.substring(0, MAX_FOUND_LENGTH) + "...";
    }

    /** The problem for a key that is in the file more than once. */
    static ConfigProblem repeated(String key, String value) {
        boolean isKnown =
                ConfigKey.find(key).isPresent() || KafkaConfigKey.find(key).isPresent();
        return new ConfigProblem(key, "must occur once in the file", isKnown ? displayValue(key, value) : HIDDEN);
    }

    /** The problem for an unknown key, with the nearest known key. Its value may be anything, so it is not shown. */
    static ConfigProblem unknown(String key, Set<String> known) {
        String rule = NearestName.to(key, new TreeSet<>(known))
                .map(nearest -> "is not a setting, the nearest is " + nearest)
                .orElse("is not a setting, --help lists them");
        return new ConfigProblem(key, rule, HIDDEN);
    }
}
