package io.sessionizer.event.format;

import java.util.List;
import java.util.Optional;

/** The parts of an event. Each is read from the first of its locations at which it is present. */
public enum EventField {
    USER("event.user.fields", false, false),
    TYPE("event.type.field", false, true),
    NAME("event.name.field", false, false),
    TIME("event.time.field", false, false),
    /** The event's properties; without a location, the event itself. */
    DATA("event.data.field", false, true),
    SOURCE("event.source.field", true, true);

    private final String key;
    private final boolean isInData;
    private final boolean isOptional;

    EventField(String key, boolean isInData, boolean isOptional) {
        this.key = key;
        this.isInData = isInData;
        this.isOptional = isOptional;
    }

    /** The configuration's key for its locations. */
    public String key() {
        return key;
    }

    /** Whether it may have no location. */
    public boolean isOptional() {
        return isOptional;
    }

    /** The locations in a configured value; empty if the value is invalid. */
    public Optional<List<Location>> parse(String value) {
        return NameList.find(value)
                .map(names -> names.stream()
                        .flatMap(name -> Location.parse(name, isInData).stream())
                        .toList())
                .filter(locations -> locations.size() == NameList.split(value).size())
                .filter(locations -> isOptional || !locations.isEmpty())
                .filter(locations -> this != DATA || locations.stream().allMatch(EventField::isInValue));
    }

    private static boolean isInValue(Location location) {
        return location instanceof Location.PointerLocation;
    }
}
