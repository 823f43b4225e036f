package io.sessionizer.event.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The location of a part of an event, in its value, headers or key (specification, section 1). */
public sealed interface Location {
    /** The prefix of a header's name in a configuration. */
    String HEADER_PREFIX = "header:";

    /** The record's key in a configuration. */
    String KEY = "key";

    /** The valid locations, as they follow "must be". */
    String ALLOWED = "a name, a JSON Pointer, header:NAME, or key";

    /**
     * The names from the event's root to the member; empty if the location is not in the value.
     *
     * @param data the names from the root to the event's data
     */
    Optional<List<String>> path(List<String> data);

    /**
     * A member of the event, or of an object in it: a plain name, or a JSON Pointer (RFC 6901), which passes only
     * through objects.
     *
     * @param names the names from the event's root to the member, at least one
     */
    record PointerLocation(List<String> names) implements Location {
        public PointerLocation {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("names: must have at least one. Found: none");
            }
        }

        @Override
        public Optional<List<String>> path(List<String> data) {
            return Optional.of(names);
        }

        @Override
        public String toString() {
            return names.size() == 1
                    ? names.get(0)
                    : names.stream()
                            .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                            .collect(Collectors.joining());
        }
    }

    /** A member of the event's data, wherever the data is. */
    record DataLocation(String name) implements Location {
        @Override
        public Optional<List<String>> path(List<String> data) {
            return Optional.of(Stream.concat(data.stream(), Stream.of(name)).toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A header of the record; if several headers have the name, the last one. */
    record HeaderLocation(String name) implements Location {
        @Override
        public Optional<List<String>> path(List<String> data) {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return HEADER_PREFIX + name;
        }
    }

    /** The record's key. */
    record KeyLocation() implements Location {
        @Override
        public Optional<List<String>> path(List<String> data) {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return KEY;
        }
    }

    /**
     * The location that a configuration names; empty if the text is not a location.
     *
     * @param isInData whether a plain name is a member of the event's data, not of the event
     */
    static Optional<Location> parse(String text, boolean isInData) {
        if (text.startsWith("/")) {
            return pointer(text);
        }
        if (text.startsWith(HEADER_PREFIX)) {
            return Optional.of(text.substring(HEADER_PREFIX.length()))
                    .filter(name -> !name.isEmpty())
                    .map(HeaderLocation::new);
        }
        if (text.equals(KEY)) {
            return Optional.of(new KeyLocation());
        }
        return Optional.of(text)
                .filter(name -> !name.isEmpty())
                .map(name -> isInData ? new DataLocation(name) : new PointerLocation(List.of(name)));
    }

    private static Optional<Location> pointer(String text) {
        if (text.replace("~0", "").replace("~1", "").contains("~")) {
            return Optional.empty();
        }
        return Optional.of(new PointerLocation(Arrays.stream(text.substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList()));
    }
}
