package io.sessionizer.event.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of names in one value: separated by commas and trimmed; empty is the empty list. A name that contains a comma,
 * or leading or trailing spaces, is quoted in double quotes, and a double quote within is doubled, as in CSV. (Not
 * escaped by a backslash: a properties file consumes those, so a list would differ between the file and the
 * environment.)
 */
public final class NameList {
    private final String text;
    private final List<String> names = new ArrayList<>();
    private int at;

    private NameList(String text) {
        this.text = text;
    }

    /** The value is not a list of names: an empty name, or unbalanced quotes. */
    public static final class InvalidNameList extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidNameList(String message) {
            super(message);
        }
    }

    /** @throws InvalidNameList if the value is not a list */
    public static List<String> split(String value) {
        return value.isBlank() ? List.of() : new NameList(value).split();
    }

    /** The names; empty if the value is not a list. */
    static Optional<List<String>> find(String value) {
        try {
            return Optional.of(split(value));
        } catch (InvalidNameList e) {
            return Optional.empty();
        }
    }

    private List<String> split() {
        do {
            skipBlanks();
            String name = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
            if (name.isEmpty()) {
                throw new InvalidNameList("a name is empty");
            }
            names.add(name);
        } while (at++ < text.length());
        return List.copyOf(names);
    }

    /** Leaves {@code at} on the comma after the name, or at the end. */
    private String plain() {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String name = text.substring(at, end).trim();
        at = end;
        return name;
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        at++;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw new InvalidNameList("a quote is not closed");
            }
            name.append(text, at, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) != '"') {
                break;
            }
            name.append('"');
            at++;
        }
        skipBlanks();
        if (at < text.length() && text.charAt(at) != ',') {
            throw new InvalidNameList("something follows a closing quote");
        }
        return name.toString();
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
