package io.sessionizer.event;

/**
 * The prefix that the serializers of schema registries write before a value or a key: a zero byte and a four-byte
 * schema id. JSON does not begin with a zero byte.
 */
public final class SchemaPrefix {
    private static final int LENGTH = 5;

    private SchemaPrefix() {}

    /** The length of the prefix in bytes, 0 if there is none. */
    public static int length(byte[] framed) {
        return framed.length >= LENGTH && framed[0] == 0 ? LENGTH : 0;
    }
}
