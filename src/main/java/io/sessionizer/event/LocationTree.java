package io.sessionizer.event;

import io.sessionizer.event.json.NameTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The locations in an event's value, as a tree of members and the objects that contain them. Each member has a number.
 * The members of an object have consecutive numbers, and all members below an object are one range of numbers.
 */
final class LocationTree {
    /** A number that belongs to no member: nothing is ever recorded for it. */
    static final int NOTHING = 0;

    /** The number of the event itself. */
    static final int ROOT = 1;

    private final ObjectNode root;

    /** @param paths the paths of the members, from the event's root; an empty path is the event itself */
    LocationTree(Iterable<List<String>> paths) {
        Names names = new Names(new LinkedHashMap<>());
        paths.forEach(names::add);
        root = ObjectNode.of(ROOT, names, ROOT + 1);
    }

    /** The members of an object in the tree, by name, each with its own members. */
    private record Names(Map<String, Names> members) {
        void add(List<String> path) {
            if (!path.isEmpty()) {
                members.computeIfAbsent(path.get(0), name -> new Names(new LinkedHashMap<>()))
                        .add(path.subList(1, path.size()));
            }
        }
    }

    /**
     * An object that has members in the tree.
     *
     * @param number the number of the object
     * @param names the names of its members; the i-th one has the number {@code first} + i
     * @param first the number of its first member
     * @param end the number after that of the last member in it, at any level
     * @param children the members as objects, in the order of their names; {@link #LEAF} for a member without members
     *     in the tree
     */
    record ObjectNode(int number, NameTable names, int first, int end, ObjectNode[] children) {
        /** A value without members in the tree. */
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

    /** The number after that of the last member. */
    int size() {
        return root.end;
    }

    /** Whether there are no members in the tree. */
    boolean isEmpty() {
        return root.children.length == 0;
    }

    /** The number of the member at this path, which must be in the tree. */
    int numberOf(List<String> path) {
        if (path.isEmpty()) {
            return ROOT;
        }
        ObjectNode parent = node(path.subList(0, path.size() - 1));
        return parent.first + parent.names.numberOf(path.get(path.size() - 1));
    }

    /** Whether the object at this path has a member in the tree. */
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
