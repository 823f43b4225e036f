package io.sessionizer.record;

import io.sessionizer.event.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON object in which values are left open. It is built member by member at any path, with missing parents, and then
 * compiled into the bytes between the open values.
 */
final class JsonTemplate {
    /** Open values are control characters, which JSON text never contains. */
    private static final int MAX_SLOTS = ' ';

    private final Members root = new Members(new LinkedHashMap<>(), new StringBuilder());

    /** @param slots the open values at the end of an object, one character each */
    private record Members(Map<String, Object> byName, StringBuilder slots) {
        Members child(String name) {
            if (!(byName.get(name) instanceof Members)) {
                byName.put(name, new Members(new LinkedHashMap<>(), new StringBuilder()));
            }
            return (Members) byName.get(name);
        }

        @Override
        public String toString() {
            String members = byName.entrySet().stream()
                    .map(member -> JsonText.quoted(member.getKey()) + ":" + member.getValue())
                    .collect(Collectors.joining(","));
            return "{" + members + (members.isEmpty() || slots.isEmpty() ? "" : ",") + slots + "}";
        }
    }

    /**
     * A part of the output: bytes, followed by an open value.
     *
     * @param before the bytes before the open value
     * @param slot the number of the value, negative at the end
     */
    record Piece(byte[] before, int slot) {}

    /** The placeholder of the open value with this number, 0 to 31. */
    static String open(int slot) {
        if (slot < 0 || slot >= MAX_SLOTS) {
            throw new IllegalArgumentException("slot: must be 0 to " + (MAX_SLOTS - 1) + ". Found: " + slot);
        }
        return Character.toString((char) slot);
    }

    /** Puts a value at a path, replacing any value there. */
    void put(List<String> path, String json) {
        parent(path).byName().put(path.get(path.size() - 1), json);
    }

    /** Leaves the end of the object at this path open for members, separated by commas. */
    void putMembers(List<String> path, int slot) {
        Members object = root;
        for (String name : path) {
            object = object.child(name);
        }
        object.slots().append(open(slot));
    }

    private Members parent(List<String> path) {
        Members object = root;
        for (String name : path.subList(0, path.size() - 1)) {
            object = object.child(name);
        }
        return object;
    }

    List<Piece> compile() {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        for (char each : root.toString().toCharArray()) {
            if (each < MAX_SLOTS) {
                pieces.add(new Piece(before.toString().getBytes(StandardCharsets.UTF_8), each));
                before.setLength(0);
            } else {
                before.append(each);
            }
        }
        pieces.add(new Piece(before.toString().getBytes(StandardCharsets.UTF_8), -1));
        return pieces;
    }
}
