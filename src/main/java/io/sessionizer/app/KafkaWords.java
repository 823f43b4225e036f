package io.sessionizer.app;

/** Takes the rule out of a message of Kafka's {@code ConfigException}. */
final class KafkaWords {
    private static final String BEFORE_KEY = " for configuration ";

    private KafkaWords() {}

    /** The part behind {@code Invalid value V for configuration K:}, so that no value, maybe a secret, is in it. */
    static String rule(String message) {
        int key = message.lastIndexOf(BEFORE_KEY);
        int colon = key < 0 ? -1 : message.indexOf(": ", key);
        if (key < 0) {
            return decapitalized(message);
        }
        return colon < 0 ? "is not valid" : decapitalized(message.substring(colon + 2));
    }

    private static String decapitalized(String sentence) {
        String bare = sentence.strip();
        bare = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
        boolean isWord = bare.length() > 1 && Character.isLowerCase(bare.charAt(1));
        return isWord ? Character.toLowerCase(bare.charAt(0)) + bare.substring(1) : bare;
    }
}
