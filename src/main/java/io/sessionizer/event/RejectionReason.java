package io.sessionizer.event;

/** Why a record is dead-lettered: the first that applies, in this order (specification, section 1). */
public enum RejectionReason {
    /** Not JSON in UTF-8 (RFC 8259), not an object, a byte order mark, or nested deeper than 1,000. */
    MALFORMED_JSON,
    NO_USER,
    NO_EVENT_NAME,
    BAD_TIMESTAMP,
    /** The event's data is neither an object nor null. */
    BAD_EVENT_DATA,
    FUTURE_TIMESTAMP,
    /** The record would exceed the limit of the enriched topic or the repartition topic, or its user is too long. */
    TOO_LARGE
}
