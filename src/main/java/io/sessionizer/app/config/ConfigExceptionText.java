package io.sessionizer.app.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message of Kafka's {@code ConfigException}, without the value, which may be a secret.
 *
 * @param key the setting without a client's prefix; empty if the message names none
 * @param rule the rule in Kafka's wording
 */
record ConfigExceptionText(Optional<String> key, String rule) {
    private static final Pattern OF_KEY =
            Pattern.compile("Invalid value .*? for configuration ([\\w.]+?)(?:[:.] (.*))?", Pattern.DOTALL);

    static ConfigExceptionText of(String message) {
        Matcher matcher = OF_KEY.matcher(message);
        if (!matcher.matches()) {
            return new ConfigExceptionText(Optional.empty(), decapitalized(message));
        }
        String rule = matcher.group(2);
        // some validators wrap the message again
        String text = rule == null ? "is not valid" : of(rule).rule();
        return new ConfigExceptionText(Optional.of(matcher.group(1)), text);
    }

    private static String decapitalized(String sentence) {
        String bare = sentence.strip().replaceAll("\\.$", "");
        boolean isWord = bare.length() > 1 && Character.isLowerCase(bare.charAt(1));
        return isWord ? Character.toLowerCase(bare.charAt(0)) + bare.substring(1) : bare;
    }
}
