package io.sessionizer.session;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.function.LongFunction;

/**
 * A user's remembered sessions: an immutable value with the rules by which events join, open, extend or merge sessions,
 * and by which sessions conclude and are forgotten as the partition's clock advances (specification, sections 2 and 3).
 * Any two of its sessions lie more than the inactivity gap apart, unless the gap was smaller when they were stored. It
 * emits nothing and reads no clock; storing and publishing are left to the caller.
 *
 * <p>The deadline is the clock time after which the timeline must be checked, since a session may be due. It may be
 * earlier than necessary, but never later, so it need not be moved when an event extends a session. Forgetting is not
 * urgent, so concluded sessions need no deadline.
 */
public final class Timeline {
    /** The deadline of a timeline without an open session. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    /** No sessions, no deadline. */
    public static final Timeline EMPTY = new Timeline(List.of(), null, NO_DEADLINE, FastPath.NONE);

    /** Sorted by start; all but the latest, which most events extend. */
    private final List<Session> earlier;
    /** Null if there are no sessions. */
    private final Session latest;

    private final long deadline;
    /** Kept when an event extends a session, so that no object is created per event. */
    private final FastPath fastPath;

    private Timeline(List<Session> earlier, Session latest, long deadline, FastPath fastPath) {
        this.earlier = earlier;
        this.latest = latest;
        this.deadline = deadline;
        this.fastPath = fastPath;
    }

    /**
     * The conditions under which most events need not examine all sessions.
     *
     * @param rules by these no two sessions lie within the gap, and {@code until} holds; null in {@link #NONE}
     * @param until nothing is due or to be forgotten up to this clock time, epoch ms
     */
    private record FastPath(SessionRules rules, long until) {
        /** All sessions must be examined. */
        static final FastPath NONE = new FastPath(null, 0);

        boolean applies(long clock, SessionRules currentRules) {
            return currentRules == rules && clock <= until;
        }
    }

    /**
     * A timeline as it was stored.
     *
     * @param sessions by start; they do not overlap
     * @param deadline epoch ms; ignored if no session is open
     */
    public static Timeline of(List<Session> sessions, long deadline) {
        return of(sessions, sessions.stream().anyMatch(Session::isOpen) ? deadline : NO_DEADLINE, FastPath.NONE);
    }

    private static Timeline of(List<Session> sessions, long deadline, FastPath fastPath) {
        if (sessions.isEmpty()) {
            return EMPTY;
        }
        int last = sessions.size() - 1;
        return new Timeline(List.copyOf(sessions.subList(0, last)), sessions.get(last), deadline, fastPath);
    }

    /** The remembered sessions, sorted by start; must not be modified. */
    public List<Session> sessions() {
        return earlier.isEmpty() ? latest == null ? List.of() : List.of(latest) : new All();
    }

    /** The earlier sessions followed by the latest, without a copy. */
    private final class All extends AbstractList<Session> implements RandomAccess {
        @Override
        public Session get(int index) {
            return Objects.checkIndex(index, size()) < earlier.size() ? earlier.get(index) : latest;
        }

        @Override
        public int size() {
            return earlier.size() + 1;
        }
    }

    /** Number of remembered sessions. */
    public int size() {
        return isEmpty() ? 0 : earlier.size() + 1;
    }

    /** The clock time past which {@link #advance} must be called, in epoch ms; {@link #NO_DEADLINE} if none is open. */
    public long deadline() {
        return deadline;
    }

    public boolean isEmpty() {
        return latest == null;
    }

    /** Whether all sessions have concluded and their retention has expired at {@code clock}. */
    public boolean isForgotten(long clock, SessionRules rules) {
        return sessions().stream().allMatch(session -> session.isForgotten(clock, rules));
    }

    /** What is remembered at {@code clock}: this timeline without the sessions whose retention has expired. */
    public Timeline remembered(long clock, SessionRules rules) {
        // most often none is forgotten: no copy
        if (fastPath.applies(clock, rules) || !hasForgotten(clock, rules)) {
            return this;
        }
        List<Session> remembered = new ArrayList<>(sessions());
        remembered.removeIf(session -> session.isForgotten(clock, rules));
        return of(remembered, deadline, FastPath.NONE);
    }

    private boolean hasForgotten(long clock, SessionRules rules) {
        for (Session session : sessions()) {
            if (session.isForgotten(clock, rules)) {
                return true;
            }
        }
        return false;
    }

    /**
     * This timeline with a deadline that is not too late under these rules. The stored one may be, if the gap was larger
     * when it was stored.
     */
    public Timeline withDeadlineUnder(SessionRules rules) {
        long firstDue = firstDue(sessions(), rules);
        return deadline <= firstDue ? this : of(sessions(), firstDue, FastPath.NONE);
    }

    /**
     * This timeline after the clock was set back, since it was ahead: arrivals and conclusions after that time are
     * dated to it, or to the session's last event if that is later (specification, section 3, Setting back).
     *
     * @param clock the clock as it is now, epoch ms
     * @return this if nothing changes
     */
    public Timeline boundedBy(long clock, SessionRules rules) {
        List<Session> bounded = new ArrayList<>(sessions());
        bounded.replaceAll(session -> session.boundedBy(clock, rules));
        return bounded.equals(sessions()) ? this : withDeadline(bounded, clock, rules);
    }

    /** Number of open sessions. */
    public int openSessions() {
        int open = 0;
        for (Session session : sessions()) {
            open += session.isOpen() ? 1 : 0;
        }
        return open;
    }

    /** The clock time until which some session stays open if no more events arrive, epoch ms; empty if none is open. */
    public OptionalLong activeUntil(SessionRules rules) {
        long last = -1;
        for (Session session : sessions()) {
            if (session.isOpen()) {
                last = Math.max(last, session.concludesAfter(rules));
            }
        }
        return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** The remembered session with the latest activity. */
    public Optional<Session> latest() {
        return Optional.ofNullable(latest);
    }

    /**
     * Concludes everything that is due at {@code clock}, then adds an event.
     *
     * @param time event time in epoch ms, 0 to the end of the year 9999
     * @param clock the partition's clock, already advanced by the event
     * @param newId the id of a session that an event at this time opens; called only if this one does
     */
    public EventAdded add(long time, ClockSteps clock, SessionRules rules, LongFunction<SessionId> newId) {
        return fastPath.applies(clock.now(), rules) && extendsLatest(time, rules)
                ? extendLatest(time, clock.now())
                : remembered(clock.now(), rules).addGeneral(time, clock, rules, newId);
    }

    /**
     * True for most events. An event before the start of the latest session may also lie within the gap of the previous
     * one.
     */
    private boolean extendsLatest(long time, SessionRules rules) {
        return latest != null && latest.isOpen() && time >= latest.start() && latest.isLinkedTo(time, rules);
    }

    /** The deadline stays: the session is only due later. */
    private EventAdded extendLatest(long time, long clock) {
        Session session = latest.withEvent(time, clock);
        Timeline after = new Timeline(earlier, session, deadline, fastPath);
        return new EventAdded(this, after, session, EventAdded.Outcome.EXTENDED, List.of());
    }

    private EventAdded addGeneral(long time, ClockSteps clock, SessionRules rules, LongFunction<SessionId> newId) {
        List<Conclusion> conclusions = new ArrayList<>(0);
        List<Session> after = concludeDue(clock, rules, conclusions);
        LinkedSessions linked = LinkedSessions.of(time, after, rules);
        if (linked.isEmpty()) {
            evictForAnother(after, rules, conclusions);
            Session opened = Session.opened(newId.apply(time), time, clock.now());
            after.add(LinkedSessions.of(time, after, rules).from(), opened);
            Timeline with = withDeadline(after, clock.now(), rules);
            return new EventAdded(this, with, opened, EventAdded.Outcome.OPENED, conclusions);
        }
        List<Session> joined = after.subList(linked.from(), linked.to());
        EventAdded.Outcome outcome = joined.get(0).isOpen() ? EventAdded.Outcome.EXTENDED : EventAdded.Outcome.AMENDED;
        Session session = joined.get(0).withEvent(time, clock.now());
        for (Session voided : joined.subList(1, joined.size())) {
            conclusions.add(Conclusion.merged(voided, session));
            session = session.mergedWith(voided);
        }
        joined.clear();
        after.add(linked.from(), session);
        return new EventAdded(this, withDeadline(after, clock.now(), rules), session, outcome, conclusions);
    }

    /**
     * Advances to {@code clock}: concludes sessions that are due and forgets those whose retention has expired.
     *
     * @param clock the partition's clock
     */
    public TimelineChange advance(ClockSteps clock, SessionRules rules) {
        Timeline before = remembered(clock.now(), rules);
        List<Conclusion> conclusions = new ArrayList<>(0);
        List<Session> after = before.concludeDue(clock, rules, conclusions);
        return new TimelineChange(before, before.withDeadline(after, clock.now(), rules), conclusions);
    }

    /** A new list of what is left: one that a late batch concludes may be forgotten already. */
    private List<Session> concludeDue(ClockSteps clock, SessionRules rules, List<Conclusion> conclusions) {
        List<Session> after = new ArrayList<>(size() + 1);
        for (Session session : sessions()) {
            Session now = session;
            if (session.isOpen() && clock.now() > session.concludesAfter(rules)) {
                Conclusion conclusion = Conclusion.due(session, clock.firstAfter(session.concludesAfter(rules)), rules);
                conclusions.add(conclusion);
                now = conclusion.session();
            }
            if (!now.isForgotten(clock.now(), rules)) {
                after.add(now);
            }
        }
        // in the order of their steps, which a concluded session's last arrival shows
        conclusions.sort(
                Comparator.comparingLong(conclusion -> conclusion.session().lastArrival()));
        return after;
    }

    /** Sessions do not overlap: the one whose last event is the earliest is the first. */
    private static void evictForAnother(List<Session> sessions, SessionRules rules, List<Conclusion> conclusions) {
        while (sessions.size() >= rules.maxSessions()) {
            Session first = sessions.remove(0);
            if (first.isOpen()) {
                conclusions.add(Conclusion.evicted(first));
            }
        }
    }

    private static long firstDue(List<Session> sessions, SessionRules rules) {
        long firstDue = NO_DEADLINE;
        for (Session session : sessions) {
            firstDue = session.isOpen() ? Math.min(firstDue, session.concludesAfter(rules)) : firstDue;
        }
        return firstDue;
    }

    private Timeline withDeadline(List<Session> after, long clock, SessionRules rules) {
        long firstDue = firstDue(after, rules);
        long firstForgotten = NO_DEADLINE;
        // sessions that were stored under a smaller gap may lie within the current one
        boolean isApart = true;
        long lastEnd = Long.MIN_VALUE;
        for (Session session : after) {
            isApart &= session.start() - rules.gapMs() > lastEnd;
            lastEnd = session.end();
            firstForgotten =
                    session.isOpen() ? firstForgotten : Math.min(firstForgotten, session.forgottenAfter(rules));
        }
        boolean isStillValid = firstDue != NO_DEADLINE && deadline >= clock && deadline <= firstDue;
        long next = isStillValid ? deadline : firstDue;
        return of(after, next, isApart ? new FastPath(rules, Math.min(next, firstForgotten)) : FastPath.NONE);
    }
}
