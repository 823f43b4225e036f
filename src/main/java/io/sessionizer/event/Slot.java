package io.sessionizer.event;

/** What stands at the place of an event's value where the session id goes. */
public enum Slot {
    /** The event has no data: the data object is added behind the event's last property. */
    NO_DATA,
    /** The data is {@code null}: the data object replaces it. */
    NULL_DATA,
    /** The data is an empty object: the id becomes its only property. */
    EMPTY_DATA,
    /** The data has properties: the id goes behind the last one. */
    AFTER_PROPERTY,
    /** A stamp is there already: the id replaces its value. */
    STAMPED
}
