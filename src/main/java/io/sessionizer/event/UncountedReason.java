package io.sessionizer.event;

import io.sessionizer.event.format.EventField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The reason why an event does not count (specification, section 1). The value comes from an event. Its length is
 * limited and it has only printable characters, so that logs, pages and metrics can show it.
 *
 * @param part the part of the event that is the reason
 * @param value the value of that part: the text of a string, the JSON of a number or a boolean, otherwise a
 *     description; at most {@value #MAX_LENGTH} characters, with U+FFFD for each character that is not printable
 */
public record UncountedReason(EventPart part, String value) {
    /** The maximum length of a value, in characters. */
    public static final int MAX_LENGTH = 100;

    /** Enough for a value of the maximum length with characters of any kind. */
    static final int MAX_BYTES = 4 * MAX_LENGTH;

    /** A part of an event that may be the reason why the event does not count. */
    public enum EventPart {
        TYPE(EventField.TYPE, "event.types"),
        NAME(EventField.NAME, "excluded.events"),
        SOURCE(EventField.SOURCE, "untracked.sources");

        private final List<String> settings;

        EventPart(EventField field, String list) {
            settings = List.of(field.key(), list);
        }

        /** The part with this name. */
        public static Optional<EventPart> find(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.toString().equals(name))
                    .findFirst();
        }

        /** The configuration keys for the location of the part, and for the values that count or do not. */
        public List<String> settings() {
            return settings;
        }

        /** Its name, in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public UncountedReason {
        String cut = value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH - 1) + "…";
        value = cut.codePoints()
                .map(character -> isPrintable(character) ? character : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Line ends could forge log lines, and format characters could reorder the text that follows. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** As in {@code type "identify"}. */
    @Override
    public String toString() {
        return part + " \"" + value + '"';
    }

    /** The reasons of recent events, so that an event with one of them allocates nothing. Not thread-safe. */
    static final class ReasonCache {
        private static final int SLOTS = 64;

        private final UncountedReason[] reasons = new UncountedReason[SLOTS];
        /** The first {@link #MAX_BYTES} bytes that each reason's value was read from. */
        private final byte[][] read = new byte[SLOTS][];

        /** @param field the number of a field that is present */
        UncountedReason of(EventPart part, FieldPositions positions, int field) {
            byte[] in = positions.bytes(field);
            int from = Math.max(0, positions.from(field));
            int to = Math.min(Math.min(positions.to(field), in.length), from + MAX_BYTES);
            int hash = part.ordinal();
            for (int i = from; i < to; i++) {
                hash = 31 * hash + in[i];
            }
            int slot = (hash ^ hash >>> 16) & SLOTS - 1;
            if (reasons[slot] == null
                    || reasons[slot].part != part
                    || !Arrays.equals(read[slot], 0, read[slot].length, in, from, to)) {
                reasons[slot] = new UncountedReason(part, positions.shown(field));
                read[slot] = Arrays.copyOfRange(in, from, to);
            }
            return reasons[slot];
        }
    }
}
