package io.sessionizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keys and values of a store or topic as text, an entry a line: key, tab, value. Printable ASCII is itself, a backslash is
 * {@code \\}, any other byte {@code \xNN}, and no value at all is {@code \N}.
 */
public final class StoredEntries {
    private static final Path FOLDER = Path.of("src/test/resources/stored");
    private static final String NULL = "\\N";

    private final List<StoredEntry> entries = new ArrayList<>();

    /** A key and its value, which may be null. */
    public record StoredEntry(byte[] key, byte[] value) {}

    /** The fixture of this name. */
    public static StoredEntries read(String name) throws IOException {
        return parse(Files.readString(file(name), StandardCharsets.US_ASCII));
    }

    private static StoredEntries parse(String text) {
        StoredEntries read = new StoredEntries();
        text.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            read.add(bytes(line.substring(0, tab)), bytes(line.substring(tab + 1)));
        });
        return read;
    }

    /** Makes this the fixture of this name. */
    public void write(String name) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(file(name), toString(), StandardCharsets.US_ASCII);
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".txt");
    }

    public void add(byte[] key, byte[] value) {
        entries.add(new StoredEntry(key, value));
    }

    public List<StoredEntry> list() {
        return entries;
    }

    @Override
    public String toString() {
        return entries.stream()
                .map(entry -> text(entry.key()) + "\t" + text(entry.value()) + "\n")
                .collect(Collectors.joining());
    }

    /** These bytes as the text of a fixture. */
    public static String text(byte[] bytes) {
        if (bytes == null) {
            return NULL;
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

    private static byte[] bytes(String text) {
        if (text.equals(NULL)) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '\\') {
                bytes.write(text.charAt(at));
            } else if (text.charAt(++at) == '\\') {
                bytes.write('\\');
            } else {
                bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                at += 2;
            }
        }
        return bytes.toByteArray();
    }
}
