package io.sessionizer.event.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members that Session Concluded has in a format besides user, type, name and data, as the format's own
 * specification requires.
 *
 * @param timeForm the form in which times are written
 * @param times the locations of the time besides the first location of the field
 * @param ids the locations of the event's own id
 * @param constants the constants to write, by location, in this order
 */
public record ConcludedShape(
        TimeForm timeForm, List<Location> times, List<Location> ids, Map<Location, String> constants) {
    /** The form in which a time is written. */
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
