package io.sessionizer.event;

/** What an event's value holds where the session id goes. */
public enum Slot {
    /** The event has no data: the data object is added after the event's last property. */
    NO_DATA,
    /** The data is {@code null}: the data object replaces it. */
    NULL_DATA,
    /** The data is an empty object: the id becomes its only property. */
    EMPTY_DATA,
    /** The data has properties: the id is added after the last one. */
    AFTER_PROPERTY,
    /** The data already has a stamp: the id replaces its value. */
    STAMPED
}
