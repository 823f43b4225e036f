package io.sessionizer.event;

import io.sessionizer.event.json.JsonScanner;
import java.nio.charset.StandardCharsets;

/**
 * The detail of a rejection: {@code key: rule. Found: value}. Positions are byte offsets from 0. Short values are
 * quoted; for others the type and size are given.
 */
final class RejectionDetail {
    static final String NONE = "none";

    private static final int MAX_LENGTH = 200;
    private static final int MAX_FIELD = 60;
    private static final int MAX_EXCERPT = 40;

    private RejectionDetail() {}

    static String malformed(JsonScanner scanner) {
        return "Expected " + scanner.expected() + " at byte " + scanner.at()
                + (scanner.isAtEnd() ? ", where the value ends." : ".");
    }

    /** @param found what is there instead, as {@link #excerpt} describes it, or {@link #NONE} */
    static String of(String field, String rule, String found) {
        return cut(cut(field, MAX_FIELD) + ": " + rule + ". Found: " + found + ".", MAX_LENGTH);
    }

    /** What the value from {@code from} to {@code to}, exclusive, is, and where. */
    static String excerpt(byte[] in, int from, int to) {
        return kindOrText(in, from, to) + " at byte " + from;
    }

    /** The description of a text without quotes. */
    static String quoted(byte[] text) {
        return text.length <= MAX_EXCERPT
                ? '"' + new String(text, StandardCharsets.UTF_8) + '"'
                : "a text of " + text.length + " bytes";
    }

    /** The description of the value from {@code from} to {@code to}, exclusive: the value itself, if it is short. */
    static String kindOrText(byte[] in, int from, int to) {
        if (in[from] == '{') {
            return "an object";
        }
        if (in[from] == '[') {
            return "an array";
        }
        if (to - from <= MAX_EXCERPT) {
            return new String(in, from, to - from, StandardCharsets.UTF_8);
        }
        return (in[from] == '"' ? "a string" : "a number") + " of " + (to - from) + " bytes";
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
