package io.sessionizer.kafka;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Records as complete text, to be read and compared by people. Printable ASCII is unchanged, a backslash
 * doubled, any other byte as {@code \xHH}, null as {@code \N}; of a long value the beginning, its length and its SHA-256.
 */
final class RecordText {
    private static final int LONGEST = 500;
    private static final int SHOWN = 80;

    private RecordText() {}

    /**
     * A record takes a line of its offset, timestamp and key, a line for each header, and a line of its value.
     *
     * @param outputs records by topic, in order of their offsets
     */
    static String of(SortedMap<String, List<TestRecord<byte[], byte[]>>> outputs) {
        StringBuilder text = new StringBuilder();
        outputs.forEach((topic, records) -> {
            text.append("== ").append(topic).append(": ").append(records.size()).append('\n');
            for (int offset = 0; offset < records.size(); offset++) {
                text.append(offset).append(' ');
                append(text, records.get(offset));
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, TestRecord<byte[], byte[]> record) {
        text.append('@').append(record.timestamp()).append(' ').append(escaped(record.key()));
        for (Header header : record.headers()) {
            text.append("\n  ").append(escaped(header.key().getBytes(StandardCharsets.UTF_8)));
            text.append(": ").append(escaped(header.value()));
        }
        text.append("\n  = ").append(escaped(record.value())).append('\n');
    }

    private static String escaped(byte[] bytes) {
        if (bytes == null) {
            return "\\N";
        }
        if (bytes.length > LONGEST) {
            return escaped(Arrays.copyOf(bytes, SHOWN)) + "\\... " + bytes.length + " bytes, SHA-256 " + sha256(bytes);
        }
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            if (each == '\\') {
                text.append("\\\\");
            } else if (each >= ' ' && each <= '~') {
                text.append((char) each);
            } else {
                text.append(String.format("\\x%02x", each));
            }
        }
        return text.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
