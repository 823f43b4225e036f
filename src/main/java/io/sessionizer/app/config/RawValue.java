package io.sessionizer.app.config;

/**
 * A configured value.
 *
 * @param origin the key or environment variable that the operator set
 * @param written as the operator wrote it, trimmed: it may refer to a config provider
 * @param value the value, with references resolved
 */
record RawValue(String origin, String written, String value) {
    static RawValue of(String origin, String text) {
        return new RawValue(origin, text.trim(), text.trim());
    }
}
