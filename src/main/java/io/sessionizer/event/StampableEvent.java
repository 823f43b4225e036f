package io.sessionizer.event;

import java.util.Objects;

/**
 * An event that counts, and the place in it where the session id goes.
 *
 * @param value the event's bytes
 * @param place what is at that place
 * @param from index of the first byte that the stamp replaces
 * @param to index after the last one; equal to {@code from} when it replaces none
 */
public record StampableEvent(byte[] value, Place place, int from, int to) {
    /** What is at the place where the session id goes. The order is part of the repartition format. */
    public enum Place {
        /** The event has no data: the data object is added after the event's last property. */
        NO_DATA,
        /** The data is {@code null}: the data object replaces it. */
        NULL_DATA,
        /** The data is an empty object: the id becomes its only property. */
        EMPTY_DATA,
        /** The data has properties: the id goes after the last one. */
        AFTER_PROPERTY,
        /** The event is already stamped: the id replaces the value of the stamp. */
        STAMPED
    }

    public StampableEvent {
        Objects.checkFromToIndex(from, to, value.length);
    }
}
