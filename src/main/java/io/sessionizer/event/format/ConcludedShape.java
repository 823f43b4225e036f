package io.sessionizer.event.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the event Session Concluded has in a format besides user, type, name and data, as that format's own specification
 * requires it.
 *
 * @param timeForm how the time is written
 * @param times where it is written besides the first location of the time
 * @param ids where the event's own id is written
 * @param constants what else is written, by location, in this order
 */
public record ConcludedShape(
        TimeForm timeForm, List<Location> times, List<Location> ids, Map<Location, String> constants) {
    /** How a time is written. */
    public enum TimeForm {
        RFC3339,
        EPOCH_SECONDS,
        EPOCH_MILLIS
    }

    public ConcludedShape {
        times = List.copyOf(times);
        ids = List.copyOf(ids);
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    }
}
