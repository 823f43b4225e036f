package io.sessionizer.event;

import java.util.Objects;

/**
 * An event that counts, and the place in it where the session id goes.
 *
 * @param value the event's bytes
 * @param place what is at that place
 * @param missing the number of names of the session id's location that must be written: the last one and its missing
 *     parents; at least 1 unless the place is {@link Place#NOWHERE}
 * @param from index of the first byte that the stamp replaces
 * @param to index after the last one; equal to {@code from} when it replaces none
 */
public record StampableEvent(byte[] value, Place place, int missing, int from, int to) {
    /** The value of an event without a value: an empty object, recognized by its identity. */
    public static final byte[] NO_VALUE = {'{', '}'};

    /** What is at the place where the session id goes. The order is part of the repartition format. */
    public enum Place {
        /** The object has properties: the id goes after the last one. */
        AFTER_PROPERTY,
        /** The object is empty: the id becomes its only property. */
        EMPTY_OBJECT,
        /** The object is {@code null}: an object with the id replaces it. */
        NULL_VALUE,
        /** The event is already stamped: the id replaces the value of the stamp. */
        STAMPED,
        /** The id is not written into the value. */
        NOWHERE
    }

    public StampableEvent {
        Objects.checkFromToIndex(from, to, value.length);
    }
}
