package io.sessionizer.session;

/**
 * The figures of a session in its latest published revision.
 *
 * @param start event time of the earliest event, epoch ms
 * @param end event time of the latest event, epoch ms
 * @param events number of events; 0 if nothing counts for the session
 */
public record Published(long start, long end, long events) {
    /** Of a session that has not concluded yet or was merged into another. */
    public static final Published NONE = new Published(0, 0, 0);

    public Published {
        if (start < 0 || end < start || events < 0) {
            throw new IllegalArgumentException("published: must be 0 <= start <= end, and events at least 0. Found: "
                    + start + ", " + end + ", " + events);
        }
    }

    /** Whether nothing counts for the session. */
    public boolean isNone() {
        return events == 0;
    }

    /** Seconds from the first event to the last, rounded down. */
    public long lengthSeconds() {
        return (end - start) / 1000;
    }
}
