package io.sessionizer.event.format;

import io.sessionizer.session.SessionIdForm;
import java.util.Optional;

/**
 * The location and form of the session id in events.
 *
 * @param location the location in the value, a pointer or a member of the data; empty if only a header is written
 * @param form the form of the ids of sessions that open from now on
 * @param header the header with the id as text; empty if there is none
 * @param startHeader the header that marks an event that opened its session; empty if there is none
 */
public record SessionStamp(Optional<Location> location, SessionIdForm form, String header, String startHeader) {
    /** The configuration key for the location. */
    public static final String KEY = "event.session.field";

    /** Whether a header contains the id. */
    public boolean hasHeader() {
        return !header.isEmpty();
    }

    /** Whether a header marks the event that opened its session. */
    public boolean hasStartHeader() {
        return !startHeader.isEmpty();
    }

    /** The location in a configured value; empty if the value is invalid, and an empty inner value if it is none. */
    public static Optional<Optional<Location>> parse(String value) {
        return value.isEmpty()
                ? Optional.of(Optional.empty())
                : Location.parse(value, true)
                        .filter(location -> location instanceof Location.PointerLocation
                                || location instanceof Location.DataLocation)
                        .map(Optional::of);
    }
}
