package io.sessionizer.web.board;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The IANA time zones, by name. Plain offsets are not included. */
public final class TimeZones {
    /** Sorted by name. */
    private static final List<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> !name.startsWith("SystemV/")) // Java's own
            .sorted()
            .toList();

    private TimeZones() {}

    /** Empty if there is no zone of this name. */
    public static Optional<ZoneId> find(String name) {
        return NAMES.contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    static List<String> names() {
        return NAMES;
    }
}
