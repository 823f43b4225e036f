package io.sessionizer.event;

import io.sessionizer.event.format.EventField;
import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a format's locations. Locations in the value have the numbers of the {@link LocationTree}; those of
 * headers and the key follow.
 */
final class FieldNumbers {
    private final EventFormat format;
    private final boolean isUserInPayload;
    private final LocationTree tree;
    private final List<Location> beside = new ArrayList<>();

    /**
     * The numbers that depend on the location of an event's data.
     *
     * @param number the number of the data
     * @param hasMembers whether the data contains any location
     * @param sources the numbers of the source's locations
     * @param session the numbers of the session id's location and its parents, from the event's root
     */
    record DataFields(int number, boolean hasMembers, int[] sources, int[] session) {}

    /** @param isUserInPayload whether the user is at one of its locations */
    FieldNumbers(EventFormat format, boolean isUserInPayload) {
        this.format = format;
        this.isUserInPayload = isUserInPayload;
        List<List<String>> paths = new ArrayList<>();
        for (List<String> data : format.dataPaths()) {
            paths.add(data);
            paths.add(format.sessionPath(data));
            for (EventField field : EventField.values()) {
                for (Location location : read(field)) {
                    Optional<List<String>> path = location.path(data);
                    path.ifPresent(paths::add);
                    if (path.isEmpty() && !beside.contains(location)) {
                        beside.add(location);
                    }
                }
            }
        }
        tree = new LocationTree(paths);
    }

    private List<Location> read(EventField field) {
        return field == EventField.USER && !isUserInPayload ? List.of() : format.of(field);
    }

    LocationTree tree() {
        return tree;
    }

    /** The locations outside the value. Their numbers are consecutive and begin with the size of the tree. */
    List<Location> beside() {
        return beside;
    }

    /** The numbers of the user's locations; empty if the user is not read. */
    int[] users() {
        return isUserInPayload ? of(EventField.USER) : new int[0];
    }

    int[] of(EventField field) {
        return numbers(field, List.of());
    }

    /** The numbers that depend on the location of the data, for each such location. */
    DataFields[] data() {
        return format.dataPaths().stream()
                .map(path -> new DataFields(
                        tree.numberOf(path),
                        tree.hasMembers(path),
                        numbers(EventField.SOURCE, path),
                        session(format.sessionPath(path))))
                .toArray(DataFields[]::new);
    }

    private int[] numbers(EventField field, List<String> data) {
        return format.of(field).stream()
                .mapToInt(location ->
                        location.path(data).map(tree::numberOf).orElseGet(() -> tree.size() + beside.indexOf(location)))
                .toArray();
    }

    private int[] session(List<String> path) {
        int[] numbers = new int[path.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tree.numberOf(path.subList(0, i + 1));
        }
        return numbers;
    }
}
