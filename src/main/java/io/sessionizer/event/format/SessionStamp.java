package io.sessionizer.event.format;

import io.sessionizer.session.SessionIdForm;
import java.util.Optional;

/**
 * Where a session's id is written on its events, and how.
 *
 * @param location in the value, a pointer or a member of the data; empty if only a header is written
 * @param form of the ids of the sessions that open from now on
 * @param header the header with the id as text; empty if there is none
 * @param startHeader the header that marks an event that opened its session; empty if there is none
 */
public record SessionStamp(Optional<Location> location, SessionIdForm form, String header, String startHeader) {
    /** The configuration's key for the location. */
    public static final String KEY = "event.session.field";

    /** Whether a header carries the id. */
    public boolean hasHeader() {
        return !header.isEmpty();
    }

    /** Whether a header marks the event that opened its session. */
    public boolean hasStartHeader() {
        return !startHeader.isEmpty();
    }

    /** The location in a configuration's value; empty if it is invalid, and empty inside if there is none. */
    public static Optional<Optional<Location>> parse(String value) {
        return value.isEmpty()
                ? Optional.of(Optional.empty())
                : Location.parse(value, true)
                        .filter(location -> location instanceof Location.PointerLocation
                                || location instanceof Location.DataLocation)
                        .map(Optional::of);
    }
}
