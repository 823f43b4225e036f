package io.sessionizer.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionizer.docs.MarkdownPage.CodeBlock;
import io.sessionizer.event.HeaderLookup;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record as a page shows it: only its value or, in a block of the language text, a line for the key and for each
 * header, an empty line, and the value.
 *
 * @param key the key; empty if only the value is shown
 */
public record DocumentedRecord(Optional<String> key, Headers headers, String value) {
    private static final String TEXT = "text";
    private static final String KEY = "key";
    private static final String COLON = ": ";

    static DocumentedRecord of(CodeBlock block) {
        Headers headers = new RecordHeaders();
        if (!block.language().equals(TEXT)) {
            return new DocumentedRecord(Optional.empty(), headers, block.text());
        }
        int end = block.lines().indexOf("");
        block.lines().subList(1, end).forEach(line -> {
            String[] parts = line.split(COLON, 2);
            headers.add(parts[0], parts[1].getBytes(UTF_8));
        });
        String key = block.lines().get(0).substring((KEY + COLON).length());
        List<String> value = block.lines().subList(end + 1, block.lines().size());
        return new DocumentedRecord(Optional.of(key), headers, String.join("\n", value));
    }

    /** The record as a block of this language shows it. */
    String text(String language) {
        if (!language.equals(TEXT)) {
            return value;
        }
        StringBuilder text = new StringBuilder(KEY + COLON + key.orElseThrow() + "\n");
        headers.forEach(header -> text.append(header.key())
                .append(COLON)
                .append(new String(header.value(), UTF_8))
                .append('\n'));
        return text + "\n" + value;
    }

    public byte[] bytes() {
        return value.getBytes(UTF_8);
    }

    public HeaderLookup lookup() {
        return name -> Optional.ofNullable(headers.lastHeader(name)).map(header -> header.value());
    }
}
