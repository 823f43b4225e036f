package io.sessionizer.event;

import java.util.List;
import java.util.Set;

/**
 * The names of an event's JSON fields, and which events count (specification, section 1, Which events count).
 *
 * @param userFields fields of the user when it is read from the payload; the first one present is used
 * @param typeField the event's type
 * @param nameField the event's name
 * @param timeField the event time
 * @param dataField the object of the event's properties
 * @param sourceField the property of the event's source
 * @param sessionField the property that the session id is written to
 * @param excludedEvents names of events that do not count
 * @param untrackedSources sources whose events do not count
 */
public record EventFormat(
        List<String> userFields,
        String typeField,
        String nameField,
        String timeField,
        String dataField,
        String sourceField,
        String sessionField,
        Set<String> excludedEvents,
        Set<String> untrackedSources) {

    /** The name of the service's own event, which is never counted if it is fed back. */
    public static final String CONCLUDED_EVENT = "Session Concluded";

    /** Names of CleverTap's events that do not count. */
    public static final List<String> DEFAULT_EXCLUDED_EVENTS = List.of(
            "App Installed",
            "App Uninstalled",
            "Notification Sent",
            "Notification Clicked",
            "UTM Visited",
            "Identity Set",
            "Identity Reset",
            "Identity Error");

    /** CleverTap's field names. */
    public static final EventFormat DEFAULT = new EventFormat(
            List.of("identity", "objectId"),
            "type",
            "evtName",
            "ts",
            "evtData",
            "CT Source",
            "CT Session ID",
            Set.copyOf(DEFAULT_EXCLUDED_EVENTS),
            Set.of("API"));

    public EventFormat {
        userFields = List.copyOf(userFields);
        excludedEvents = Set.copyOf(excludedEvents);
        untrackedSources = Set.copyOf(untrackedSources);
        if (userFields.isEmpty()) {
            throw new IllegalArgumentException("userFields: must name at least one field. Found: none");
        }
    }
}
