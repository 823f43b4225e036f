package io.sessionizer.event.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record as text, without loss: a line with topic and timestamp, one with the key, one for each header, an empty
 * line, and the value. Backslashes, control characters other than line breaks, and bytes that are not UTF-8 are
 * escaped.
 *
 * @param timestamp RFC 3339, or {@code now}: around the time of the write
 */
public record ExampleRecord(
        String topic, String timestamp, Optional<byte[]> key, List<ExampleHeader> headers, Optional<byte[]> value) {
    static final String MARK = "=== ";
    private static final String KEY = "key ";
    private static final String HEADER = "header ";

    /** A header; its value is not null. */
    public record ExampleHeader(String name, byte[] value) {}

    /** Reads a text that {@link #text()} has written. */
    static ExampleRecord parse(String text) {
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        Optional<byte[]> value = end < 0 ? Optional.empty() : Optional.of(bytes(text.substring(end + 2)));
        Optional<byte[]> key = Optional.empty();
        List<ExampleHeader> headers = new ArrayList<>();
        for (String line : head.split("\n")) {
            if (line.startsWith(KEY)) {
                key = Optional.of(bytes(line.substring(KEY.length())));
            } else if (line.startsWith(HEADER)) {
                int equals = line.indexOf('=');
                headers.add(
                        new ExampleHeader(line.substring(HEADER.length(), equals), bytes(line.substring(equals + 1))));
            }
        }
        String[] place =
                head.lines().findFirst().orElseThrow().substring(MARK.length()).split(" ");
        return new ExampleRecord(place[0], place[1], key, headers, value);
    }

    /** A readable text, which {@link #parse} reads. */
    public String text() {
        StringBuilder text = new StringBuilder(MARK + topic + " " + timestamp);
        key.ifPresent(bytes -> text.append('\n').append(KEY).append(text(bytes)));
        headers.forEach(header -> text.append('\n')
                .append(HEADER)
                .append(header.name())
                .append('=')
                .append(text(header.value())));
        value.ifPresent(bytes -> text.append("\n\n").append(text(bytes)));
        return text.toString();
    }

    private static String text(byte[] bytes) {
        boolean isUtf8 = isUtf8(bytes);
        StringBuilder text = new StringBuilder();
        for (char each : new String(bytes, isUtf8 ? UTF_8 : ISO_8859_1).toCharArray()) {
            boolean isControl = each < ' ' && each != '\n' || each == 0x7F;
            if (each == '\\') {
                text.append("\\\\");
            } else if (isControl || !isUtf8 && each > 0x7F) {
                text.append(String.format("\\x%02x", (int) each));
            } else {
                text.append(each);
            }
        }
        return text.toString();
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("\\x", at)) {
                bytes.write(Integer.parseInt(text.substring(at + 2, at + 4), 16));
                at += 4;
            } else {
                int length = text.startsWith("\\\\", at) ? 2 : Character.charCount(text.codePointAt(at));
                bytes.writeBytes(
                        text.startsWith("\\\\", at)
                                ? new byte[] {'\\'}
                                : text.substring(at, at + length).getBytes(UTF_8));
                at += length;
            }
        }
        return bytes.toByteArray();
    }
}
