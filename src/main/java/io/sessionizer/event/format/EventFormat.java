package io.sessionizer.event.format;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The locations of an event's parts, the events that count, and the output (specification, section 1).
 *
 * @param locations the locations of each field, in the order in which they are tried; if the data has none, it is the
 *     event itself
 * @param filter determines which events count
 * @param timeZone the zone of times without a zone; if empty, such times are invalid
 * @param stamp the location and form of the session id
 * @param concluded the additional members of Session Concluded
 */
public record EventFormat(
        Map<EventField, List<Location>> locations,
        EventFilter filter,
        Optional<ZoneId> timeZone,
        SessionStamp stamp,
        ConcludedShape concluded) {

    public EventFormat {
        Map<EventField, List<Location>> copy = new EnumMap<>(EventField.class);
        for (EventField field : EventField.values()) {
            copy.put(field, List.copyOf(locations.get(field)));
        }
        locations = copy;
    }

    /** The locations of the field, in the order in which they are tried. */
    public List<Location> of(EventField field) {
        return locations.get(field);
    }

    /** The field's locations as a message names them. */
    public String text(EventField field) {
        return of(field).stream().map(Location::toString).collect(Collectors.joining(" or "));
    }

    /** Whether the field may be in an event's value, not only in its record's key or headers. */
    public boolean isInValue(EventField field) {
        return of(field).stream().anyMatch(location -> location.path(List.of()).isPresent());
    }

    /** The paths of the data, from the event's root; an empty path is the event itself. */
    public List<List<String>> dataPaths() {
        List<List<String>> paths = of(EventField.DATA).stream()
                .flatMap(location -> location.path(List.of()).stream())
                .toList();
        return paths.isEmpty() ? List.of(List.of()) : paths;
    }

    /**
     * The path of the session's id, from the event's root; empty if it is not written into the value.
     *
     * @param data the path of the data
     */
    public List<String> sessionPath(List<String> data) {
        return stamp.location().flatMap(location -> location.path(data)).orElse(List.of());
    }
}
