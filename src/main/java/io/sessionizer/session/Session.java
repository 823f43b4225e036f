package io.sessionizer.session;

/**
 * One session of a user, as far as it is known. All times are epoch milliseconds, 0 to the end of the year 9999. It has
 * eight components in one record since each event makes one: a nested value would cost an object per event.
 *
 * @param id its id, computed when the session opened; includes {@link #openedAt}
 * @param start event time of the earliest event
 * @param end event time of the latest event
 * @param events number of events, at least 1
 * @param lastArrival the clock when its last event arrived, or {@code end}, whichever is later (specification, section 3,
 *     Conclusion); once it has concluded, at least a gap before the step of the clock that made it due
 * @param revision how often it has concluded, at least 0
 * @param isOpen whether an event has come in since it last concluded
 * @param lastPublished while it is open again, what its latest revision published; otherwise {@link Published#NONE}
 */
public record Session(
        SessionId id,
        long start,
        long end,
        long events,
        long lastArrival,
        int revision,
        boolean isOpen,
        Published lastPublished) {

    public Session {
        long openedAt = id.openedAt();
        if (start < 0 || end < start || openedAt < start || openedAt > end || lastArrival < end) {
            throw new IllegalArgumentException("times: must be 0 <= start <= openedAt <= end <= lastArrival. Found: "
                    + start + ", " + openedAt + ", " + end + ", " + lastArrival);
        }
        if (events < 1 || revision < 0 || (!isOpen && revision == 0)) {
            throw new IllegalArgumentException(
                    "events, revision: must be at least 1, and at least 0 or, once concluded, 1. Found: " + events
                            + ", " + revision);
        }
    }

    /** A session whose {@code lastPublished} is {@link Published#NONE}. */
    public Session(SessionId id, long start, long end, long events, long lastArrival, int revision, boolean isOpen) {
        this(id, start, end, events, lastArrival, revision, isOpen, Published.NONE);
    }

    /** The session that an event at {@code time} opens, when the partition's clock is at {@code clock}. */
    static Session opened(SessionId id, long time, long clock) {
        return new Session(id, time, time, 1, Math.max(time, clock), 0, true);
    }

    /** Event time of the event that opened the session, the first to arrive. */
    public long openedAt() {
        return id.openedAt();
    }

    /** Whether an event at {@code time} belongs to this session: at most the gap before its start or after its end. */
    boolean isLinkedTo(long time, SessionRules rules) {
        return time >= start - rules.gapMs() && time <= end + rules.gapMs();
    }

    Session withEvent(long time, long clock) {
        long newEnd = Math.max(end, time);
        return new Session(
                id, Math.min(start, time), newEnd, events + 1, Math.max(newEnd, clock), revision, true, published());
    }

    /** This session with all events of a later one. Its own end may be the later of the two. */
    Session mergedWith(Session later) {
        return new Session(
                id,
                start,
                Math.max(end, later.end),
                events + later.events,
                Math.max(lastArrival, later.lastArrival),
                revision,
                isOpen || later.isOpen,
                lastPublished);
    }

    /** The same session, concluded again before it was due: it is merged or evicted. */
    Session conclude() {
        return concluded(lastArrival);
    }

    /**
     * The same session, concluded again because it is due.
     *
     * @param step the step of the clock that made it due, epoch ms; the retention counts from it
     */
    Session concludeAt(long step, SessionRules rules) {
        return concluded(Math.max(lastArrival, step - rules.gapMs()));
    }

    private Session concluded(long newLastArrival) {
        return new Session(id, start, end, events, newLastArrival, revision + 1, false);
    }

    /**
     * This session after the clock was set back: its last arrival, or its conclusion, is no later than the clock, unless
     * its last event is.
     *
     * @param clock epoch ms
     */
    Session boundedBy(long clock, SessionRules rules) {
        long latestArrival = Math.max(end, isOpen ? clock : clock - rules.gapMs());
        return lastArrival <= latestArrival
                ? this
                : new Session(id, start, end, events, latestArrival, revision, isOpen, lastPublished);
    }

    /** What has been published of it. */
    public Published published() {
        return isOpen ? lastPublished : new Published(start, end, events);
    }

    /** The session concludes when the clock is past this, in epoch ms: a gap after the last arrival. */
    public long concludesAfter(SessionRules rules) {
        return lastArrival + rules.gapMs();
    }

    /** Once concluded, the session is forgotten when the clock is past this, in epoch ms: the retention after that. */
    long forgottenAfter(SessionRules rules) {
        return concludesAfter(rules) + rules.retentionMs();
    }

    /** Whether it concluded longer ago than the retention, at this clock in epoch ms. */
    boolean isForgotten(long clock, SessionRules rules) {
        return !isOpen && clock > forgottenAfter(rules);
    }

    /** Seconds from the first event to the last, rounded down. */
    public long lengthSeconds() {
        return (end - start) / 1000;
    }
}
