package io.sessionizer.app.config;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * One thing wrong with the configuration, as one line for the operator.
 *
 * @param key as the operator wrote it: a key, or the name of an environment variable
 * @param rule what would be right
 * @param found what is there; never a secret
 */
record ConfigProblem(String key, String rule, String found) {
    static final String HIDDEN = "[hidden]";

    private static final int MAX_FOUND_LENGTH = 120;
    private static final Pattern SECRET =
            Pattern.compile("password|passphrase|secret|jaas|credential|token|ssl.*key$|certificate");

    static ConfigProblem of(String key, String rule, String value) {
        return new ConfigProblem(key, rule, displayValue(key, value));
    }

    /**
     * The value, or a mask where the key is of Kafka's type for passwords or sounds like a secret: that is so for a
     * misspelt key too.
     */
    static String displayValue(String key, String value) {
        return isSecret(key) ? HIDDEN : value;
    }

    /** Whether a key, or an environment variable, holds what nobody may see. */
    static boolean isSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT).replace('_', '.');
        return isPassword(name) || SECRET.matcher(name).find();
    }

    private static boolean isPassword(String key) {
        return KafkaConfigKey.find(key)
                .flatMap(KafkaConfigKey::type)
                .filter(ConfigDef.Type.PASSWORD::equals)
                .isPresent();
    }

    /** {@code key: rule. Found: value}, without a line break whatever the value holds. */
    String line() {
        return oneLine(key) + ": " + rule + ". Found: " + (found.isEmpty() ? "nothing" : oneLine(found));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_FOUND_LENGTH ? line : line.substring(0, MAX_FOUND_LENGTH) + "...";
    }

    /** The rule for a key that nobody knows, naming the one that is probably meant. */
    static ConfigProblem unknown(String key, String value, Set<String> known) {
        return NearestName.to(key, new TreeSet<>(known))
                .map(nearest -> new ConfigProblem(
                        key,
                        "is not a setting, the nearest is " + nearest,
                        displayValue(nearest, displayValue(key, value))))
                .orElseGet(() -> of(key, "is not a setting, --help lists them", value));
    }
}
