package io.sessionizer.event;

import io.sessionizer.event.json.NameTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of an event that have a meaning, as a tree of the objects that they are in. Each member has a number: those of
 * an object follow each other, and all that is below an object is one range of numbers.
 */
final class LocationTree {
    /** The number of what is nowhere: it is always absent. */
    static final int NOTHING = 0;

    /** The number of the event itself. */
    static final int ROOT = 1;

    private final ObjectNode root;

    /** @param paths of the members, from the event's root; an empty one is the event itself */
    LocationTree(Iterable<List<String>> paths) {
        Names names = new Names(new LinkedHashMap<>());
        paths.forEach(names::add);
        root = ObjectNode.of(ROOT, names, ROOT + 1);
    }

    /** The members of an object that have a meaning, by name, and what is below each. */
    private record Names(Map<String, Names> members) {
        void add(List<String> path) {
            if (!path.isEmpty()) {
                members.computeIfAbsent(path.get(0), name -> new Names(new LinkedHashMap<>()))
                        .add(path.subList(1, path.size()));
            }
        }
    }

    /**
     * An object that has members with a meaning.
     *
     * @param number its own
     * @param names of its members; the member of the i-th name has the number {@code first} + i
     * @param first the number of its first member
     * @param end the number after the last one of what is in it, at any level
     * @param children by the place of its name, the member as an object, if it has members with a meaning; otherwise
     *     {@link #LEAF}
     */
    record ObjectNode(int number, NameTable names, int first, int end, ObjectNode[] children) {
        /** What has no members with a meaning. */
        static final ObjectNode LEAF = new ObjectNode(NOTHING, new NameTable(List.of()), 0, 0, new ObjectNode[0]);

        private static ObjectNode of(int number, Names object, int first) {
            ObjectNode[] children = new ObjectNode[object.members().size()];
            int member = first;
            int next = first + children.length;
            for (Names names : object.members().values()) {
                ObjectNode child = names.members().isEmpty() ? LEAF : of(member, names, next);
                children[member - first] = child;
                next = child == LEAF ? next : child.end;
                member++;
            }
            return new ObjectNode(number, new NameTable(object.members().keySet()), first, next, children);
        }

        ObjectNode child(String name) {
            int place = names.numberOf(name);
            return place == NameTable.NONE ? LEAF : children[place];
        }
    }

    ObjectNode root() {
        return root;
    }

    /** The number after the last one. */
    int size() {
        return root.end;
    }

    /** Whether no member has a meaning. */
    boolean isEmpty() {
        return root.children.length == 0;
    }

    /** The number of the member at this path, which is in the tree. */
    int numberOf(List<String> path) {
        if (path.isEmpty()) {
            return ROOT;
        }
        ObjectNode parent = node(path.subList(0, path.size() - 1));
        return parent.first + parent.names.numberOf(path.get(path.size() - 1));
    }

    /** Whether a member with a meaning is in the object at this path. */
    boolean hasMembers(List<String> path) {
        return node(path).children.length > 0;
    }

    private ObjectNode node(List<String> path) {
        ObjectNode node = root;
        for (String name : path) {
            node = node.child(name);
        }
        return node;
    }
}
