package io.sessionizer.event.format;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Determines which events count.
 *
 * @param types the types that count; empty if all do; Session Concluded has the first one
 * @param excludedEvents names of events that do not count, including the service's own event
 * @param untrackedSources sources whose events do not count
 */
public record EventFilter(List<String> types, Set<String> excludedEvents, Set<String> untrackedSources) {
    /** The name of the service's own event, which is never counted if it is fed back. */
    public static final String CONCLUDED_EVENT = "Session Concluded";

    public EventFilter {
        Set<String> excluded = new HashSet<>(excludedEvents);
        excluded.add(CONCLUDED_EVENT);
        types = List.copyOf(types);
        excludedEvents = Set.copyOf(excluded);
        untrackedSources = Set.copyOf(untrackedSources);
    }
}
